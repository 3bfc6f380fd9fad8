"""From start to end of the server: what it writes down, and how it ends when it is told to.

On SIGTERM nobody new is taken in; pages, plans and files under way are finished within the time
that the settings give; then sessions are closed, worker processes ended. A second SIGTERM ends it
at once.
"""

from __future__ import annotations

import asyncio
import platform
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from types import FrameType
from typing import Any

from equity_core import logs
from equity_core.settings.settings import Settings
from equity_core.version import __version__
from ui.served.attendance import Attendance, whose
from ui.served.silent import end_silent
from ui.streamlit_internals import log_with
from ui.tallies import tallies

LOOK = 0.1
"""Seconds between two looks at what is under way."""

QUIET = 1.0
"""Seconds without anything under way after which all is done: a page is drawn in several runs."""

LAST_WORDS = 5
"""Seconds for an answer that is being sent when all else is done, to whoever reads it slowly."""

Handler = Callable[[int, FrameType | None], Any]


def begin_log(given: Settings) -> None:
    """All that this process writes down is JSON from now on, a line an event."""
    log_with(logs.write_json_lines(given.log_level, whose))


def life_of(
    given: Settings, attendance: Attendance
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """The lifespan of the server."""

    @asynccontextmanager
    async def life(_: Any) -> AsyncIterator[None]:
        store = "postgresql" if given.database_url else "sqlite"
        python = platform.python_version()
        logs.note("started", version=__version__, python=python, store=store)
        _listen(given.stop_seconds, attendance)
        yield
        await asyncio.to_thread(end_workers)
        logs.note("stopped")

    return life


def end_workers() -> None:
    """End the processes beside this one; where no page was ever drawn, there is nothing to load."""
    if "ui.jobs.workers.pool" in sys.modules:
        pool: Any = import_module("ui.jobs.workers.pool")
        for worker in list(pool.roster()):
            worker.close()


def _listen(seconds: int, attendance: Attendance) -> None:
    """Put our end before that of the web server, where signals can be listened to."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    at_once = signal.getsignal(signal.SIGTERM)
    if not callable(at_once):
        return
    _set_limits(at_once)
    tasks: set[asyncio.Task[None]] = set()  # the loop itself holds tasks only weakly

    def begin(number: int, frame: FrameType | None) -> None:
        signal.signal(number, at_once)
        attendance.stopping = True
        end = _finish(seconds, lambda: at_once(number, frame))
        loop.call_soon_threadsafe(lambda: tasks.add(loop.create_task(end)))

    signal.signal(signal.SIGTERM, begin)


def _set_limits(handler: Handler) -> None:
    """uvicorn waits for ever for a client that reads nothing, or says nothing, and Streamlit hands
    no limit on."""
    server: Any = getattr(handler, "__self__", None)
    if hasattr(server, "config"):
        server.config.timeout_graceful_shutdown = LAST_WORDS
        end_silent(server.config)


async def _finish(seconds: int, at_once: Callable[[], Any]) -> None:
    """Wait until nothing has been under way for a moment, then end."""
    logs.note("stopping", under_way=tallies().busy)
    now = time.monotonic()
    end, still = now + seconds, now + QUIET
    while now < min(still, end):
        await asyncio.sleep(LOOK)
        now = time.monotonic()
        still = now + QUIET if tallies().busy else still
    logs.note("stopping_now", under_way=tallies().busy)
    at_once()
