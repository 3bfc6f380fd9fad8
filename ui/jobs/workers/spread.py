"""One question in parts, answered by several processes at once. No streamlit.

What is asked about one data set goes to one worker, which is warm. A sweep of many solves would
leave the other processors idle and keep that worker's readers waiting: it is spread instead.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import takewhile
from typing import Any, Generic, Protocol, TypeVar

Answer = TypeVar("Answer")


class Part(Protocol[Answer]):
    """A part under way."""

    @property
    def future(self) -> Future[Answer]:
        """The answer or the error, once it is there."""

    def stop(self) -> None:
        """Nobody waits for it any more."""


class Taker(Protocol):
    """Who answers one part after another: a process of this machine, or a cluster for it."""

    def ask(self, work: Callable[..., Answer], *given: Any) -> Part[Answer]:
        """Have work(leave, *given) done."""


class Takers(Protocol):
    """Several of them, one at least."""

    @property
    def members(self) -> Sequence[Taker]:
        """All of them."""


class Spread(Generic[Answer]):
    """The parts under way: the answers come into `future`, in the order of `parts`.

    Whoever is free takes the next part. Each part waits for its turn anew, so that others wait for
    one part at most. An error in one ends all.

    work   a function of ui/jobs/tasks.py, called as work(leave, *part)
    tell   hears of every part that is done: how many are, and of how many; in a thread of its own
    """

    def __init__(
        self,
        takers: Takers,
        work: Callable[..., Answer],
        parts: Sequence[tuple[Any, ...]],
        tell: Callable[[int, int], object] = lambda done, number: None,
    ) -> None:
        self.future: Future[list[Answer]] = Future()
        self._work, self._tell, self._number = work, tell, len(parts)
        self._left = deque(enumerate(parts))
        self._under_way: dict[int, Part[Answer]] = {}
        self._answers: dict[int, Answer] = {}
        self._over = False
        self._lock, self._telling = threading.Lock(), threading.Lock()
        if not parts:
            self.future.set_result([])
        for taker in takers.members[: len(parts)]:
            self._take_next(taker)

    @property
    def share(self) -> float:
        """How much of it is done (0 to 1), for a page that looks from time to time."""
        return len(self._answers) / self._number if self._number else 1.0

    @property
    def so_far(self) -> list[Answer]:
        """The answers that are there, without a gap from the first part on."""
        answers = dict(self._answers)
        return [answers[k] for k in takewhile(answers.__contains__, range(self._number))]

    def stop(self) -> None:
        """Nobody waits for the answers: leave the queues, end what is under way."""
        if self._end():
            self.future.cancel()

    def _end(self) -> bool:
        """Stop what is under way; False where another has ended it before."""
        with self._lock:
            if self._over:
                return False
            self._over = True
            jobs = list(self._under_way.values())
        for job in jobs:
            job.stop()
        return True

    def _take_next(self, taker: Taker) -> None:
        with self._lock:
            if self._over or not self._left:
                return
            at, part = self._left.popleft()
            job = self._under_way[at] = taker.ask(self._work, *part)
        job.future.add_done_callback(partial(self._came, taker, at))

    def _came(self, taker: Taker, at: int, part: Future[Answer]) -> None:
        with self._lock:
            del self._under_way[at]
            if self._over:
                return
        error = part.exception()
        if error is None:
            self._take_next(taker)
            self._file(at, part.result())
        elif self._end():
            self.future.set_exception(error)

    def _file(self, at: int, answer: Answer) -> None:
        with self._telling:
            self._answers[at] = answer
            done = len(self._answers)
            try:
                self._tell(done, self._number)
            finally:
                if done == self._number and self._end():
                    self.future.set_result([self._answers[k] for k in range(done)])
