"""What a hostile file might have its reader do, for test_room.py; run in the room."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from equity_core.errors import InfeasibleError, LinkError
from equity_core.inputs.outside import reply
from equity_core.inputs.problems import refused
from equity_core.scenario.link import from_json

Files = dict[str, bytes]
Options = dict[str, Any]
Answer = tuple[dict[str, Any], dict[str, pa.Table]]


def echo(files: Files, options: Options) -> Answer:
    lengths = {name: len(content) for name, content in files.items()}
    return {"lengths": lengths, "options": options}, {"words": pa.table({"word": ["a", None]})}


def surroundings(files: Files, options: Options) -> Answer:
    open_files = [number for number in range(3, 256) if _is_open(number)]
    folder = sorted(set(os.listdir()) - {"words", "request.json", "0"})  # noqa: PTH208
    return {"environment": dict(os.environ), "folder": folder, "open": open_files}, {}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def refuse_table(files: Files, options: Options) -> Answer:
    raise refused("a.csv", "the table is odd", "Mend it.")


def refuse_link(files: Files, options: Options) -> Answer:
    raise LinkError("reach", "The link is odd.")


def refuse_plan(files: Files, options: Options) -> Answer:
    raise InfeasibleError("There is no plan.", {"hour": 1})


def fault(files: Files, options: Options) -> Answer:
    return {}["nothing"]  # type: ignore[misc]


def recurse(files: Files, options: Options) -> Answer:
    return recurse(files, options)


def abort(files: Files, options: Options) -> Answer:
    os.abort()


def leave(files: Files, options: Options) -> Answer:
    os._exit(0)


def kill(files: Files, options: Options) -> Answer:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def compute(files: Files, options: Options) -> Answer:
    while True:
        pass


def sleep(files: Files, options: Options) -> Answer:
    time.sleep(3600)
    raise AssertionError


def take_addresses(files: Files, options: Options) -> Answer:
    return {"bytes": len(bytearray(64 << 30))}, {}


def take_memory(files: Files, options: Options) -> Answer:
    kept = []
    while True:
        kept.append(b"x" * (16 << 20))


def fill_disk(files: Files, options: Options) -> Answer:
    with Path("large").open("wb") as file:
        while True:
            file.write(bytes(64 << 20))


def read_file(files: Files, options: Options) -> Answer:
    return {"text": Path(options["path"]).read_text(encoding="utf-8")}, {}


def write_file(files: Files, options: Options) -> Answer:
    Path(options["path"]).write_text("here", encoding="utf-8")
    return {}, {}


def connect(files: Files, options: Options) -> Answer:
    socket.create_connection(("127.0.0.1", options["port"]), 5).close()
    return {}, {}


def send_udp(files: Files, options: Options) -> Answer:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(b"secret", ("127.0.0.1", options["port"]))
    return {}, {}


def run_program(files: Files, options: Options) -> Answer:
    return {"code": os.spawnv(os.P_WAIT, "/bin/true", ["true"])}, {}


def leave_offspring(files: Files, options: Options) -> Answer:
    """A process that would outlive this one."""
    if os.fork() == 0:
        time.sleep(3600)
    return {}, {}


def _replying(make: Callable[[Path], object]) -> Answer:
    """Whatever `make` leaves in the folder is the reply."""
    make(Path())
    os._exit(0)


def reply_no_json(files: Files, options: Options) -> Answer:
    return _replying(lambda folder: (folder / reply.REPLY).write_text("{"))


def reply_a_link(files: Files, options: Options) -> Answer:
    return _replying(lambda folder: (folder / reply.REPLY).symlink_to("/etc/hostname"))


def reply_too_much(files: Files, options: Options) -> Answer:
    return {"text": "x" * (reply.LARGEST_RECORD + 1)}, {}


def reply_a_deep_record(files: Files, options: Options) -> Answer:
    return _replying(lambda folder: (folder / reply.REPLY).write_text("[" * 10**6))


def reply_another_error(files: Files, options: Options) -> Answer:
    told = '{"missing": [], "error": {"kind": "SystemExit", "sentence": "1"}}'
    return _replying(lambda folder: (folder / reply.REPLY).write_text(told))


def reply_no_table(files: Files, options: Options) -> Answer:
    def make(folder: Path) -> None:
        (folder / "0.arrow").write_bytes(b"ARROW1" + bytes(100))
        reply.write_told(folder, {"missing": [], "record": {}, "tables": ["a"]})

    return _replying(make)


def read_scenario(files: Files, options: Options) -> Answer:
    from_json(files["scenario.json"].decode("utf-8", "replace"))
    return {}, {}
