"""Processes beside the web server: a long solve in there holds nobody else up.

Each has a time limit, can be told to stop, and is replaced when it dies. No streamlit.
"""

from __future__ import annotations

import heapq
import os
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakSet

from loky import BrokenProcessPool, ProcessPoolExecutor

from equity_core.errors import SolverError
from ui.jobs.tasks import Leave, Stopped, progress_file, too_long
from ui.jobs.workers.process_init import settle_in
from ui.tallies import tallies

Answer = TypeVar("Answer")

GRACE = 5.0
"""Seconds beyond the time limit after which a process that does not answer is ended."""

LEAVES = 2.0
"""Seconds that a process has to end a question nobody waits for; some programs cannot look up."""

STARTS = 12.0
"""Seconds that the first question of a process may take at least: it loads solver and data set."""

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Linear algebra in a worker is small: a second thread takes a processor from other workers and
only waits there. A year's fairest plan by lq took twice the processor time with it."""

ATTEMPTS = 2
DIED = (
    "The process that worked on this ended unexpectedly, and so did the one that took its place; "
    "the machine may be short of memory. Try again in a minute, or choose a shorter period."
)


class UnderWay(Protocol[Answer]):
    """What is being worked on, by one worker or by several."""

    @property
    def future(self) -> Future[Answer]:
        """The answer or the error, once it is there."""

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""

    def stop(self) -> None:
        """Nobody waits for it any more."""


@dataclass(frozen=True)
class Job(Generic[Answer]):
    """A question under way: the answer or the error comes into `future`.

    `left` is done once nobody waits for it any more.
    """

    future: Future[Answer]
    flag: Path
    left: Future[None] = field(default_factory=Future)

    @property
    def share(self) -> float:
        """How much of it is done, as far as it says (0 to 1)."""
        try:
            return float(progress_file(self.flag).read_text(encoding="ascii") or 0)
        except (OSError, ValueError):
            return 0.0  # not begun, or being written at this moment

    def stop(self) -> None:
        """Nobody waits for the answer: leave the queue, or end at the next round."""
        if not self.future.cancel() and not self.left.done():
            self.flag.touch()
            self.left.set_result(None)


@dataclass(frozen=True, order=True)
class _Ticket(Generic[Answer]):
    """A place in the queue: the smallest `since` comes first."""

    since: float
    number: int
    job: Job[Answer] = field(compare=False)
    work: Callable[..., Answer] = field(compare=False)
    given: tuple[Any, ...] = field(compare=False)
    seconds: float = field(compare=False)


class Worker:
    """One process that answers one question after another, warm from the last ones.

    It is started with the first question. `seconds` is the time limit of one, and `grace` how much
    later a process that does not answer is ended; `niceness` above 0 lets others of the machine go
    first. Whoever has waited longest is served first.
    """

    def __init__(self, seconds: float, niceness: int = 0, grace: float | None = None) -> None:
        self._seconds = seconds
        self._niceness = niceness
        self._grace = grace
        self._warm = False
        self._flags = TemporaryDirectory(prefix="equity-explorer-")
        self._numbers = count()
        self._queue: list[_Ticket[Any]] = []
        self._lock = threading.Lock()
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
        self._process = self._new_process()
        self._closed = False
        roster().add(self)

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn."""
        with self._lock:
            return len(self._queue)

    def ask(
        self,
        work: Callable[..., Answer],
        *given: Any,
        since: float | None = None,
        seconds: float | None = None,
        behind: float = 0.0,
    ) -> Job[Answer]:
        """Have `work(leave, *given)` done when its turn comes; a function of ui/jobs/tasks.py.

        since    when the waiting began, by time.monotonic(), if not now
        seconds  the time limit, if not the worker's own
        behind   seconds by which others may have come later and still go first
        """
        number = next(self._numbers)
        job: Job[Answer] = Job(Future(), Path(self._flags.name, str(number)))
        began = (time.monotonic() if since is None else since) + behind
        limit = self._seconds if seconds is None else seconds
        ticket = _Ticket(began, number, job, work, given, limit)
        with self._lock:
            heapq.heappush(self._queue, ticket)
        self._turns.submit(self._serve_next)
        return job

    def close(self) -> None:
        """End the process, whatever it does, and take no more questions."""
        self._closed = True
        self._turns.shutdown(wait=False, cancel_futures=True)
        self._process.shutdown(kill_workers=True)
        self._turns.shutdown(wait=True)
        for ticket in self._queue:
            ticket.job.future.cancel()
        self._flags.cleanup()

    def _serve_next(self) -> None:
        with self._lock:
            ticket = heapq.heappop(self._queue)
        future = ticket.job.future
        if not future.set_running_or_notify_cancel():
            return
        try:
            with tallies().of(_kind(ticket.work)):
                answer = self._answer(ticket)
        except Exception as error:  # noqa: BLE001  it belongs to whoever waits, as an executor has it
            future.set_exception(error)
        else:
            future.set_result(answer)

    def _answer(self, ticket: _Ticket[Answer]) -> Answer:
        flag = ticket.job.flag
        for _ in range(ATTEMPTS):
            if self._closed:
                break
            try:
                return self._attempt(ticket)
            except BrokenProcessPool:
                self._process = self._new_process()
            finally:
                flag.unlink(missing_ok=True)
                progress_file(flag).unlink(missing_ok=True)
        raise SolverError(DIED)

    def _attempt(self, ticket: _Ticket[Answer]) -> Answer:
        """The answer; raises `Stopped` or `TimeLimitError` where the process had to be ended."""
        limit = ticket.seconds if self._warm else max(ticket.seconds, STARTS)
        leave = Leave(limit, time.monotonic() + limit, ticket.job.flag)
        answer: Future[Answer] = self._process.submit(ticket.work, leave, *ticket.given)
        grace = GRACE if self._grace is None else self._grace
        either: list[Future[Any]] = [answer, ticket.job.left]
        wait(either, limit + grace, FIRST_COMPLETED)
        left = ticket.job.left.done()
        if left:
            wait([answer], LEAVES)
        if answer.done():
            self._warm = not isinstance(answer.exception(), BrokenProcessPool)
            return answer.result()
        self._process.shutdown(kill_workers=True)
        self._process = self._new_process()
        raise Stopped if left else too_long(limit)

    def _new_process(self) -> ProcessPoolExecutor:
        self._warm = False
        return ProcessPoolExecutor(
            max_workers=1,
            initializer=settle_in,
            initargs=(os.getpid(), self._niceness),
            env=dict(ONE_THREAD),
        )


@cache
def roster() -> WeakSet[Worker]:
    """All workers of this process: whoever ends the server ends them."""
    return WeakSet()


def _kind(work: Callable[..., Any]) -> str:
    """The name of a task of ui/jobs/tasks.py, with some of its arguments given or not."""
    named: Any = work.func if isinstance(work, partial) else work
    return str(named.__name__)


class Workers:
    """Several workers; all questions about one data set go to the same one, which is warm.

    A question in many parts may go to all of them (ui/jobs/workers/spread.py).
    """

    def __init__(
        self, number: int, seconds: float, niceness: int = 0, grace: float | None = None
    ) -> None:
        self.members = tuple(Worker(seconds, niceness, grace) for _ in range(number))

    def worker_for(self, dataset: str) -> Worker:
        """The worker that answers what is asked about the data set of this name."""
        return self.members[zlib.crc32(dataset.encode()) % len(self.members)]

    def freest(self) -> Worker:
        """The worker with the fewest questions waiting."""
        return min(self.members, key=lambda worker: worker.waiting)

    def close(self) -> None:
        """End all of them."""
        for worker in self.members:
            worker.close()
