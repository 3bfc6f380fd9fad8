"""Whether this server can serve a reader now: its store, its workers and the solver, each tried.

For whoever watches it (docs/DEPLOY.md). It loads nothing before somebody asks.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from importlib import import_module
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ui.settings import settings

ALIVE, READY = "alive", "ready"
"""The addresses, below the server's base path."""

PATIENCE = 10.0
"""Seconds that each part has to answer; all are asked at once."""

WORKERS_PATIENCE, AT_WORK = 8.0, 1.0
"""The same for a worker process, which is started if need be; who has not taken our question up
after as long as the latter is busy with another one."""

KEPT = 5.0
"""Seconds for which an answer is given again: whoever asks often costs no more."""

WELL = "ready"


def alive(_: Request) -> Response:
    """The web server answers; no more is asked."""
    return Response("alive", media_type="text/plain", headers={"Cache-Control": "no-store"})


class Readiness:
    """Answers 200 where every part is ready, else 503; says of each what is wrong with it."""

    def __init__(self, parts: Callable[[], dict[str, str]] | None = None) -> None:
        self._parts = parts or Parts().told
        self._asked: asyncio.Task[dict[str, str]] | None = None
        self._until = 0.0

    async def answer(self, _: Request) -> Response:
        """The state as JSON; all who ask at the same time wait for the same look."""
        if self._asked is None or (self._asked.done() and time.monotonic() > self._until):
            self._asked = asyncio.create_task(self._look())
        told = await asyncio.shield(self._asked)
        status = 200 if set(told.values()) == {WELL} else 503
        return JSONResponse(told, status, {"Cache-Control": "no-store"})

    async def _look(self) -> dict[str, str]:
        told = await asyncio.to_thread(self._parts)
        self._until = time.monotonic() + KEPT
        return told


class Parts:
    """Store, workers and solver, each tried in a thread of its own: one that hangs holds no other
    up, and is not tried again before it has answered."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(thread_name_prefix="readiness")
        self._under_way: dict[str, Future[None]] = {}

    def told(self) -> dict[str, str]:
        """What is wrong with each part, or that it is ready."""
        for name, attempt in ATTEMPTS.items():
            if name not in self._under_way:
                self._under_way[name] = self._threads.submit(attempt)
        wait(self._under_way.values(), PATIENCE)
        return {name: self._outcome(name) for name in ATTEMPTS}

    def _outcome(self, name: str) -> str:
        if not self._under_way[name].done():
            return f"It has not answered for {PATIENCE:.0f} s."
        error = self._under_way.pop(name).exception()
        return WELL if error is None else str(error) or type(error).__name__


def _try_store() -> None:
    """Raises StoreError where nothing can be kept or opened."""
    database: Any = import_module("equity_core.store.database")
    with database.Database(settings()).transaction():
        pass  # it has come up to date, and let us write


def _try_workers() -> None:
    """Raises TimeoutError where a worker that is free does not answer, or what it answers with.

    One at work is as it should be: its time limit ends it.
    """
    tasks: Any = import_module("ui.jobs.tasks")
    asked = [worker.ask(tasks.present, since=0.0).future for worker in _workers()]
    wait(asked, AT_WORK)
    at_hand = [future for future in asked if not future.cancel()]
    if wait(at_hand, WORKERS_PATIENCE).not_done:
        raise TimeoutError(
            f"A worker process has not answered for {WORKERS_PATIENCE:.0f} s. It is ended at its "
            "time limit, and another takes its place."
        )
    for future in at_hand:
        future.result()


def _workers() -> Iterator[Any]:
    orders: Any = import_module("ui.jobs.orders")
    for kind in (orders.plan_workers, orders.frontier_workers, orders.file_workers):
        yield from kind().short.members


def _try_solver() -> None:
    """Raises SolverError where a day of the paper's case does not come out certified."""
    core: Any = import_module("equity_core")
    datasets: Any = import_module("ui.jobs.datasets")
    data = datasets.dataset(core.Scenario().dataset)
    core.solve(core.Scenario(end=data.hours[24].isoformat()), data)


ATTEMPTS: dict[str, Callable[[], None]] = {
    "store": _try_store,
    "workers": _try_workers,
    "solver": _try_solver,
}
