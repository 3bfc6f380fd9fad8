"""The room from outside: a fresh process for each call, watched, ended in time, and cleared away.

It inherits neither environment nor open files. What it replies is data of no trust: read with
bounds, as JSON and Arrow.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import IO, Any

from equity_core import logs
from equity_core.errors import EquityError
from equity_core.inputs.outside import limits
from equity_core.inputs.outside.faults import raised_again
from equity_core.inputs.outside.reply import (
    BrokenReplyError,
    Reply,
    Request,
    read_tables,
    read_told,
)
from equity_core.inputs.tables import shown

LOOK_SECONDS = 0.02
STARTER = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from equity_core.inputs.outside.inside import main; main(*sys.argv[2:])"
)
WORDS, MOST_WORDS = "words", 1_000
"""What the process writes on its standard error, and how much of it is looked at for the log."""

TOO_MUCH_TIME = f"reading takes longer than the {limits.CPU_SECONDS} s that it may take"
TOO_MUCH_MEMORY = f"reading takes more than the {limits.RESIDENT_BYTES >> 20:,} MB that it may take"
SMALLER = "Leave out what is not needed, or split it into several files, and try again."
ANEW = "Save or download it anew and try again; if that does not help, save it in another format."
NO_OPTIONS: Mapping[str, Any] = MappingProxyType({})


class RoomError(EquityError):
    """Files that could not be opened: `fault` says what happened, `fix` what to do."""

    def __init__(self, files: str, fault: str, fix: str) -> None:
        super().__init__(f"{files}: {fault}. {fix}")
        self.files, self.fault, self.fix = files, fault, fix


def open_outside(
    task: str, files: Mapping[str, bytes], options: Mapping[str, Any] = NO_OPTIONS
) -> Reply:
    """Have `task`, a function "package.module:name" of this project, read `files` in the room.

    It is called there as function(files, options) and returns a record for JSON and Arrow tables by
    name; `options` must be plain JSON as well. Raises the EquityError that it raised, or RoomError
    where it took too long, too much memory, or broke.
    """
    names = spoken_names(files)
    try:
        with TemporaryDirectory(prefix="equity-outside-", ignore_cleanup_errors=True) as folder:
            return _opened(Path(folder), names, Request(task, files, options))
    except OSError as error:  # no room on the disk, no more processes
        fault = f"this cannot be read now: {(error.strerror or str(error)).lower()}"
        raise RoomError(names, fault, "Try again in a minute.") from error


def _opened(folder: Path, names: str, request: Request) -> Reply:
    request.write(folder)
    with (folder / WORDS).open("wb") as words:
        process = _started(folder, request.task, words)
    over = _watched(process)
    if over:
        raise RoomError(names, over, SMALLER)
    return _reply(folder, names, f"{request.task}:{process.returncode}")


def spoken_names(files: Mapping[str, bytes]) -> str:
    """The files as a sentence names them."""
    return ", ".join(shown(name) for name in files) if len(files) < 4 else f"{len(files)} files"


def _started(folder: Path, task: str, words: IO[bytes]) -> subprocess.Popen[bytes]:
    given = map(str, (limits.ROOT, folder, task, os.getpid()))
    return subprocess.Popen(
        [sys.executable, "-I", "-c", STARTER, *given],
        cwd=folder,
        env={**limits.ENVIRONMENT, "HOME": str(folder), "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=words,
        start_new_session=True,
    )


def _watched(process: subprocess.Popen[bytes]) -> str:
    """Wait until it has ended; what it had too much of, if it had to be ended."""
    end, over = time.monotonic() + limits.WALL_SECONDS, ""
    try:
        while process.poll() is None and not over:
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK_SECONDS)
            over = _over(process, end)
    finally:
        with suppress(ProcessLookupError, PermissionError):  # nobody is left of the group
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return over


def _over(process: subprocess.Popen[bytes], end: float) -> str:
    """What the process has too much of, or ""."""
    if time.monotonic() > end or process.returncode == -signal.SIGXCPU:
        return TOO_MUCH_TIME
    return TOO_MUCH_MEMORY if _resident(process.pid) > limits.RESIDENT_BYTES else ""


def _resident(process: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()


def _reply(folder: Path, names: str, ended: str) -> Reply:
    """The reply in the folder; raises what it tells instead."""
    try:
        told = read_told(folder)
        _log_missing(tuple(told["missing"]))
        if "error" in told:
            raise raised_again(told["error"])
        if told.get("failure") == "memory":
            raise RoomError(names, TOO_MUCH_MEMORY, SMALLER)
        if "failure" in told:
            raise unforeseen(names, ended, place=str(told["detail"]))
        return Reply(dict(told["record"]), read_tables(folder, told["tables"]))
    except (BrokenReplyError, KeyError, TypeError, ValueError) as error:
        raise unforeseen(names, ended, last_fault=_last_fault(folder)) from error


def _last_fault(folder: Path) -> str:
    """The type of the error that the process wrote last, without the words after it."""
    words = (folder / WORDS).read_bytes()[-MOST_WORDS:].decode("ascii", "replace").strip()
    return words.rpartition("\n")[2].partition(":")[0]


def unforeseen(names: str, ended: str, **told: str) -> RoomError:
    """What nobody foresaw of these files: a sentence for the reader, a line for the log, both with
    its number. `ended` is how the task ended; neither it nor `told` repeats what stands in them."""
    number = logs.failure("reading_failed", ended=ended, **told)
    fault = f"this could not be read; nothing was kept (number {number} in the log)"
    return RoomError(names, fault, ANEW)


@cache
def _log_missing(missing: tuple[str, ...]) -> None:
    """Once: what this system cannot keep from a file that takes the reading process over."""
    if missing:
        # docs/DEPLOY.md says what helps.
        logs.note("reading_not_parted", logging.WARNING, missing="+".join(map(str, missing)))
