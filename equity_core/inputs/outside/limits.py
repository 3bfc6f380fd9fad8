"""What holds the process in that opens files from outside. Only the standard library and Landlock,
so that all of it is in force before anything else is loaded."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from equity_core.inputs.folders import DATA, PACKAGE

ROOT = PACKAGE.parent

CPU_SECONDS = 20
WALL_SECONDS = 40.0
"""Where others keep the machine busy, a large file must not fail for their sake."""

RESIDENT_BYTES = 1 << 30
ADDRESS_BYTES = 3 << 30
"""Two million rows take 0.8 GB of addresses with one thread and one heap."""

FILE_BYTES = 512 << 20
OPEN_FILES = 64
NICENESS = 5
"""Whoever brings a file waits for it; others, whose page recomputes meanwhile, must not."""

PROCESSES = 16
"""Threads count as processes; Arrow wants a few."""

ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
"""One thread and one heap: else each reserves addresses that the limit counts."""

SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/null")
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38


def close_in(folder: Path, package: str, parent: int) -> tuple[str, ...]:
    """Take from this process what reading a file does not need; there is no way back.

    It may write in `folder`, and read Python, the libraries, the bundled data and the project's
    top-level `package`. It ends with the process `parent`. Returns what this system does not offer
    of it: docs/decisions/0010-what-comes-from-outside.md has the table.
    """
    os.nice(NICENESS)
    _limit_resources()
    if sys.platform != "linux":
        return ("network", "files")
    _end_with(parent)
    held = {"network": _leave_the_network(), "files": _leave_the_files(folder, package)}
    return tuple(name for name, holds in held.items() if not holds)


def _limit_resources() -> None:
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, ADDRESS_BYTES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        _limit(kind, most)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS, 1)  # a second between the word and the end


def _limit(kind: int, most: int, spare: int = 0) -> None:
    """At most `most` from now on, or less where that was set before; `spare` more to the end."""
    _, hard = resource.getrlimit(kind)
    least = most + spare if hard == resource.RLIM_INFINITY else min(most + spare, hard)
    with suppress(ValueError, OSError):  # macOS refuses a limit of addresses
        resource.setrlimit(kind, (min(most, least), least))


def _end_with(parent: int) -> None:
    """No new privileges by any programme, and an end when the parent ends."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the line above
        os._exit(1)


def _leave_the_network() -> bool:
    """A network of its own, without any line to the world.

    Processes are counted anew in there; outside, the limit would count all of the same user.
    """
    left = ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0
    if left:
        _limit(resource.RLIMIT_NPROC, PROCESSES)
    return left


def _leave_the_files(folder: Path, package: str) -> bool:
    # Not at the top: the package is installed on Linux alone.
    from landlockpy import AccessFS, LandlockError, Ruleset, Scope  # noqa: PLC0415

    try:
        rules = Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL)
    except LandlockError:
        return False
    seen = AccessFS.READ_FILE | AccessFS.READ_DIR
    written = AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.MAKE_REG | AccessFS.REMOVE_FILE
    project = (PACKAGE, DATA, ROOT / package)
    with rules:
        for place in (*map(Path, (*SYSTEM, sys.prefix, sys.base_prefix)), *project):
            if place.exists():
                rules.allow_path(place, seen if place.is_dir() else AccessFS.READ_FILE)
        rules.allow_path(folder, seen | written)
        rules.restrict()
    return True
