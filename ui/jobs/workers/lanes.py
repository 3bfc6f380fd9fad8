"""Short questions never wait behind long ones: who works on what. No streamlit.

What is known to take long goes to the long lane at once, as does what turns out to: it is stopped
in the short lane after its few seconds, begun anew in the long one, and questions of its kind go
there for some time. Not for ever: a machine that others keep busy makes what is short long, too.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from equity_core import Scenario
from equity_core.errors import TimeLimitError
from equity_core.measures.table import MEASURES
from ui.jobs.workers.pool import Job, Workers

Answer = TypeVar("Answer")

KINDS_KEPT = 256

KNOWN_FOR = 600.0
"""Seconds for which a kind of question that took long is known as such."""

SMALL = ("paper-2022",)
"""Data sets whose questions are short, whatever is asked."""


def kind_of(scenario: Scenario) -> Hashable:
    """What decides how long a scenario takes: data, policy, measure and what load may do."""
    return (
        scenario.dataset,
        scenario.policy,
        scenario.measure,
        scenario.reach,
        scenario.deferrable_share > 0 and scenario.defer_window,
        scenario.no_region_worse,
        scenario.start,
        scenario.end,
    )


def all_files_take_long(scenario: Scenario, name: str) -> bool:
    """Whether a file is all files in one, of a data set that may be a year: of 23 sites they take
    14 s of a processor."""
    return name.endswith(".zip") and scenario.dataset not in SMALL


def looks_long(scenario: Scenario) -> bool:
    """Whether seconds are to be expected: a norm over many hours, unless they are known as few."""
    curved = MEASURES[scenario.measure].curved
    return curved and scenario.dataset not in SMALL and scenario.policy in ("equity", "fairest")


@dataclass(frozen=True)
class LongLane:
    """The workers for what takes long: one for all kinds of questions, one for files.

    known  when a kind of question took long last, by time.monotonic()
    """

    workers: Workers
    known: OrderedDict[Hashable, float]

    @classmethod
    def of(cls, workers: Workers) -> LongLane:
        """Nothing is known yet."""
        return cls(workers, OrderedDict())

    def takes(self, scenario: Scenario, task: str) -> bool:
        """Whether a question is begun here."""
        last = self.known.get((task, kind_of(scenario)))
        is_known = last is not None and time.monotonic() < last + KNOWN_FOR
        return is_known or looks_long(scenario)

    def learn(self, scenario: Scenario, task: str) -> None:
        """A question of this kind took long; of a small data set, because others were at work."""
        if scenario.dataset in SMALL:
            return
        kind = task, kind_of(scenario)
        self.known[kind] = time.monotonic()
        self.known.move_to_end(kind)
        while len(self.known) > KINDS_KEPT:
            self.known.popitem(last=False)


class Lanes:
    """One kind of question, in its short lane or in a long one.

    seconds  the time limit of a question in the long lane; the short lane's workers have their own
    behind   seconds by which others may have come later to the long lane and still go first
    """

    def __init__(self, short: Workers, long: LongLane, seconds: float, behind: float = 0.0) -> None:
        self.short, self.long = short, long
        self._seconds, self._behind = seconds, behind

    def ask(
        self,
        scenario: Scenario,
        work: Callable[..., Answer],
        *given: Any,
        since: float | None = None,
        part: str = "",
        is_long: bool = False,
    ) -> Moving[Answer]:
        """Have `work(leave, *given)`, a question about `scenario`, done when its turn comes.

        part     what of it is asked, where how long it takes hangs on that
        is_long  it is known beforehand to take long
        """
        name = f"{getattr(work, '__name__', work)} {part}".rstrip()

        def in_long_lane() -> Job[Answer]:
            worker = self.long.workers.freest()
            return worker.ask(work, *given, since=since, seconds=self._seconds, behind=self._behind)

        if is_long or self.long.takes(scenario, name):
            return Moving(in_long_lane())
        first = self.short.worker_for(scenario.dataset).ask(work, *given, since=since)

        def move() -> Job[Answer]:
            self.long.learn(scenario, name)
            return in_long_lane()

        return Moving(first, move)

    def close(self) -> None:
        """End the workers of the short lane."""
        self.short.close()


class Moving(Generic[Answer]):
    """A question under way, begun anew elsewhere, once, where it takes too long."""

    def __init__(self, first: Job[Answer], move: Callable[[], Job[Answer]] | None = None) -> None:
        self.future: Future[Answer] = Future()
        self._job, self._move = first, move
        self._stopped = False
        self._lock = threading.Lock()
        first.future.add_done_callback(self._came)

    @property
    def share(self) -> float:
        """How much of it is done, as far as it says (0 to 1)."""
        return self._job.share

    def stop(self) -> None:
        """Nobody waits for the answer."""
        with self._lock:
            self._stopped = True
            job = self._job
        job.stop()

    def _came(self, job: Future[Answer]) -> None:
        if job.cancelled():
            self.future.cancel()
            return
        error = job.exception()
        if isinstance(error, TimeLimitError) and self._moves():
            return
        self.future.set_running_or_notify_cancel()
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(job.result())

    def _moves(self) -> bool:
        """Whether it is begun anew."""
        with self._lock:
            if self._stopped or self._move is None:
                return False
            self._job, self._move = self._move(), None
            job = self._job
        job.future.add_done_callback(self._came)
        return True
