"""Draws on a cluster of dask.distributed, where EQUITY_SCHEDULER names its scheduler.

The reader's page never waits for one that does not answer: then this machine's processes draw.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from equity_core import logs
from equity_core.errors import EquityError, SweepError
from equity_core.inputs.identity import content_digest
from equity_core.sweeps import cluster, drawn
from ui.jobs import datasets, tasks

if TYPE_CHECKING:  # an extra, and slow to load
    from distributed import Client
    from distributed import Future as There

Answer = TypeVar("Answer")

PATIENCE, AGAIN = 3.0, 60.0
"""Seconds that a page waits for the scheduler, and after which it is tried once more."""

DATASETS_SENT = 4
AWAY = "The cluster that draws here does not answer; this machine draws instead, more slowly."
GONE = "The cluster is gone in the middle of these draws. Draw again: this machine does it then."

THERE: dict[Callable[..., Any], Callable[..., Any]] = {
    tasks.draws: drawn.draws,
    tasks.alone: drawn.alone,
}
"""What a process of this machine does -> what a worker of the cluster does for it."""


@dataclass(frozen=True)
class Errand(Generic[Answer]):
    """A part under way on the cluster: the answer or the error comes into `future`."""

    future: Future[Answer]
    there: There

    def stop(self) -> None:
        """Nobody waits for the answer."""
        self.future.cancel()
        self.there.cancel()


class Seat:
    """Takes one part after another to the cluster; there are as many as it has threads, twice:
    so none of them waits for the next part to arrive."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew

    def ask(self, work: Callable[..., Answer], *given: Any) -> Errand[Answer]:
        """Have `work` done, one of `THERE`; the scenario, which names the data, comes first."""
        data = self._crew.sent(given[0].dataset)
        there = self._crew.client.submit(THERE[work], data, *given, pure=False)
        errand: Errand[Answer] = Errand(Future(), there)
        there.add_done_callback(partial(_came, errand.future))
        return errand


def _came(future: Future[Any], there: There) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(there.result())
    except EquityError as error:
        future.set_exception(error)
    except Exception as error:  # noqa: BLE001  whatever becomes of a connection or a worker
        logs.failure("draws_not_answered", error, status=there.status)
        future.set_exception(SweepError(GONE))


class Crew:
    """The workers of a cluster that answers."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._data: dict[tuple[str, str], There] = {}
        self._lock = threading.Lock()

    @property
    def members(self) -> tuple[Seat, ...]:
        """Who takes parts to it."""
        return (Seat(self),) * max(2, 2 * sum(self.client.nthreads().values()))

    def sent(self, name: str) -> There:
        """A data set as the key that parts depend on: sent once."""
        dataset = datasets.dataset(name)
        known = name, dataset.version
        with self._lock:
            if known not in self._data:
                while len(self._data) >= DATASETS_SENT:
                    del self._data[next(iter(self._data))]
                digests = {name: content_digest(dataset)}
                self._data[known] = cluster.sent(self.client, {name: dataset}, digests)[name]
            return self._data[known]


class Scheduler:
    """The scheduler at an address: looked for in a thread of its own, again after a while."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scheduler")
        self._lock = threading.Lock()
        self._open = ExitStack()
        self._began = time.monotonic()
        self._found: Future[Crew] = self._threads.submit(self._look)

    def looked_for(self) -> tuple[Future[Crew], float]:
        """What comes of looking for it, and for how many seconds more a page waits for that."""
        with self._lock:
            gone = self._found.done() and self.crew is None
            if gone and time.monotonic() > self._began + AGAIN:
                self._began = time.monotonic()
                self._found = self._threads.submit(self._look)
            return self._found, max(0.0, self._began + PATIENCE - time.monotonic())

    def close(self) -> None:
        """Leave it, in the thread that found it: a client may be left in no other."""
        self._threads.submit(self._open.close).result()
        self._threads.shutdown(wait=True)

    @property
    def crew(self) -> Crew | None:
        """Its workers; None where nobody answers (yet)."""
        found = self._found
        if not found.done() or found.exception() is not None:
            return None
        return found.result() if found.result().client.status == "running" else None

    def _look(self) -> Crew:
        self._open.close()
        try:
            client = self._open.enter_context(cluster.connected(self._address))
            cluster.check_workers(client)
        except EquityError as error:
            logs.failure("scheduler_not_used", error)
            raise
        return Crew(client)


def scheduler_at(address: str) -> Scheduler | None:
    """The scheduler that the server was told of; None where it was told of none, ""."""
    return Scheduler(address) if address else None
