"""Told to stop, the server finishes what a reader waits for, and leaves no process behind."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from bench.serving import Served, served

WAITS = {"EQUITY_STOP_SECONDS": "60"}
"""Long enough for a plan on a machine that is busy with other tests."""


@pytest.mark.slow
def test_it_finishes_what_is_under_way_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with served(tmp_path / "server.log", settings=WAITS) as running:
        address = f"ws{running.address.removeprefix('http')}/_stcore/stream"
        with connect(address, subprotocols=["streamlit"], max_size=None) as reader:
            asked = BackMsg()
            asked.rerun_script.query_string = "v=2&dataset=world-2023&reach=partial"
            reader.send(asked.SerializeToString())
            until(lambda: offspring(running.pid))
            os.kill(running.pid, signal.SIGTERM)
            until(lambda: "stopping" in events(running))
            with pytest.raises(HTTPError, match="503"):
                urlopen(f"{running.address}/goals", timeout=20)
            children = offspring(running.pid)
            seen = received(reader)
        until(lambda: not alive(running.pid))
        until(lambda: not [child for child in children if alive(child)])
        told = events(running)
    assert children
    assert any(message.WhichOneof("type") == "script_finished" for message in seen)
    assert any(b"ee-headline" in message.SerializeToString() for message in seen)
    assert told[-1] == "stopped"
    assert told.index("stopping") < told.index("stopping_now") < told.index("session_ended")


def received(reader) -> list[ForwardMsg]:
    """All that comes until the server closes the session."""
    messages = []
    try:
        while True:
            messages.append(ForwardMsg.FromString(reader.recv(timeout=60)))
    except ConnectionClosed:
        return messages


def events(running: Served) -> list[str]:
    """What the server has written down."""
    lines = running.log.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines if line.startswith("{")]


def offspring(pid: int) -> list[int]:
    """Processes that were begun by `pid`, and by those."""
    found = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for place in found for child in place.read_text().split()]
    return [*children, *(below for child in children for below in offspring(child))]


def alive(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(holds) -> None:
    """Look again until it holds."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("not within a minute")
