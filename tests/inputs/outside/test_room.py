"""The room: whatever the reader of a file is made to do, it ends alone and with a sentence."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from equity_core.errors import EquityError, LinkError
from equity_core.inputs.outside import Reply, RoomError, limits, open_outside
from equity_core.inputs.problems import DatasetProblems

TASKS = "tests.inputs.outside.tasks:"
FILES = {"../../a b.csv": b"123"}


def run(task: str, files: dict[str, bytes] = FILES, **options: Any) -> Reply:
    return open_outside(TASKS + task, files, options)


def refusal(task: str, **options: Any) -> RoomError:
    with pytest.raises(RoomError) as caught:
        run(task, **options)
    assert "'../../a b.csv'" in str(caught.value)
    return caught.value


def test_a_task_gets_files_and_options_and_gives_a_record_and_tables() -> None:
    reply = run("echo", {"../x": b"12", "y\0\u202e": b""}, zone="UTC")
    assert reply.record == {"lengths": {"../x": 2, "y\0\u202e": 0}, "options": {"zone": "UTC"}}
    assert reply.tables["words"].equals(pa.table({"word": ["a", None]}))


def test_no_environment_no_open_files_and_an_empty_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:secret@host/name")
    record = run("surroundings").record
    assert set(record["environment"]) <= {*limits.ENVIRONMENT, "HOME", "TMPDIR", "LC_CTYPE"}
    assert (record["open"], record["folder"]) == ([], [])


def test_errors_come_back_with_all_that_they_say() -> None:
    with pytest.raises(DatasetProblems, match=r"a\.csv: the table is odd\. Mend it\.") as problems:
        run("refuse_table")
    assert (problems.value.problems[0].file, problems.value.count) == ("a.csv", 1)
    with pytest.raises(LinkError) as link:
        run("refuse_link")
    assert (link.value.field, str(link.value)) == ("reach", "The link is odd.")
    with pytest.raises(EquityError, match="There is no plan") as plain:
        run("refuse_plan")
    assert type(plain.value) is EquityError


@pytest.mark.slow
@pytest.mark.parametrize(
    "task",
    [
        *("fault", "recurse", "abort", "leave", "kill", "fill_disk"),
        *("reply_no_json", "reply_a_link", "reply_too_much", "reply_a_deep_record"),
        *("reply_another_error", "reply_no_table"),
    ],
)
def test_what_nobody_foresaw_is_a_sentence_with_a_number_for_the_log(
    task: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = refusal(task)
    assert "could not be read; nothing was kept" in error.fault
    number = error.fault.partition("number ")[2].partition(" ")[0]
    assert [number] == [getattr(record, "told", {}).get("number") for record in caplog.records]


@pytest.mark.slow
@pytest.mark.parametrize("task", ["take_addresses", "take_memory"])
def test_memory_is_limited(task: str) -> None:
    assert "takes more than the 1,024 MB" in refusal(task).fault


@pytest.mark.slow
def test_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 2.0)
    assert "longer than the 20 s" in refusal("sleep").fault


@pytest.mark.slow
def test_time_of_the_processor_is_limited() -> None:
    assert "longer than the 20 s" in refusal("compute").fault


def test_offspring_ends_as_well() -> None:
    run("leave_offspring")
    assert _soon(lambda: not _processes("leave_offspring"))


def test_it_ends_with_whoever_started_it() -> None:
    starter = (
        f"from equity_core.inputs.outside import open_outside; open_outside('{TASKS}sleep', {{}})"
    )
    with subprocess.Popen([sys.executable, "-c", starter], cwd=limits.ROOT) as parent:
        assert _soon(lambda: _processes("sleep"))
        parent.kill()
    assert _soon(lambda: not _processes("sleep"))


def _soon(holds: Callable[[], object]) -> bool:
    deadline = time.monotonic() + 15
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(holds())


def _processes(task: str) -> list[str]:
    """Processes in a room for this task."""
    return [
        place.parent.name for place in Path("/proc").glob("[0-9]*/cmdline") if _does(place, task)
    ]


def _does(place: Path, task: str) -> bool:
    try:
        return (TASKS + task).encode() in place.read_bytes().split(b"\0")
    except OSError:
        return False


def test_folders_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run("echo")
    refusal("kill")
    assert not list(tmp_path.iterdir())


@pytest.fixture
def held(caplog: pytest.LogCaptureFixture) -> None:
    """Skips where this system has no Landlock or no network of one's own."""
    from equity_core.inputs.outside import room

    room._log_missing.cache_clear()
    with caplog.at_level(logging.WARNING):
        run("echo")
    if "reading_not_parted" in caplog.text:
        pytest.skip(caplog.text)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", f"{limits.ROOT}/README.md"])
def test_files_of_the_server_stay_out_of_reach(path: str) -> None:
    refusal("read_file", path=path)


@pytest.mark.usefixtures("held")
def test_nothing_is_written_elsewhere(tmp_path: Path) -> None:
    refusal("write_file", path=str(tmp_path / "here"))
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("held")
def test_no_program_is_run() -> None:
    assert run("run_program").record["code"] == 127


@pytest.mark.usefixtures("held")
def test_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        refusal("connect", port=server.getsockname()[1])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        refusal("send_udp", port=line.getsockname()[1])
