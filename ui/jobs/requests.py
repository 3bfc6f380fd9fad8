"""The desk: a question is answered once for all who wait for it. No streamlit.

Gains with twenty readers (docs/decisions/0015): where each asks for himself, p95 is 1.5 times as
long and one frontier in twenty comes in time; where nothing is stopped, half of them.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Container, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ui.jobs.tasks import Stopped
from ui.jobs.workers.pool import UnderWay

Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")

ALONE_AFTER = 2.0
"""Seconds without an order by others after which a reader has a desk to himself."""


@dataclass
class _Order(Generic[Answer]):
    job: UnderWay[Answer]
    waiting: set[Hashable] = field(default_factory=set)
    size: int = 0


class Desk(Generic[Question, Answer]):
    """Takes questions, has each worked on once, and keeps the last answers.

    begin   has a question worked on beside the page, for one who waits since then
    size    bytes of an answer; the answers kept have `most_bytes` together
    always  questions whose answers are kept besides, once they were asked
    """

    def __init__(
        self,
        begin: Callable[[Question, float | None], UnderWay[Answer]],
        size: Callable[[Answer], int],
        most_bytes: int,
        always: Container[Question] = (),
    ) -> None:
        self._always = always
        self._begin = begin
        self._size = size
        self._most_bytes = most_bytes
        self._lock = threading.RLock()
        self._orders: OrderedDict[Question, _Order[Answer]] = OrderedDict()
        self._client: Hashable = None
        self._since = 0.0

    def order(
        self, question: Question, who: Hashable, since: float | None = None
    ) -> Future[Answer]:
        """The order for `question`, done, under way or new; `who` waits for it from now on.

        Its `result()` is the answer or raises EquityError. `since` says, by time.monotonic(), when
        `who` began to wait, if not now.
        """
        with self._lock:
            if who is not self._client:
                self._client, self._since = who, time.monotonic()
            order = self._orders.get(question)
            if order is None:
                return self._begun(question, who, since)
            self._orders.move_to_end(question)
            order.waiting.add(who)
            return order.job.future

    def _begun(self, question: Question, who: Hashable, since: float | None) -> Future[Answer]:
        order = self._orders[question] = _Order(self._begin(question, since), {who})
        # Last: what is done or has failed already is filed at once.
        order.job.future.add_done_callback(lambda _: self._file(question, order))
        return order.job.future

    def share(self, question: Question) -> float:
        """How much of an order is done, as far as it says."""
        with self._lock:
            order = self._orders.get(question)
        return 0.0 if order is None else order.job.share

    def under_way(self, question: Question) -> UnderWay[Answer] | None:
        """What is worked on for an order, or was; None where nobody has ordered it."""
        with self._lock:
            order = self._orders.get(question)
        return None if order is None else order.job

    def serves_only(self, who: Hashable) -> bool:
        """Whether nobody else has ordered for a while."""
        with self._lock:
            return who is self._client and time.monotonic() - self._since > ALONE_AFTER

    def withdraw(self, question: Question, who: Hashable) -> None:
        """`who` waits no longer; what nobody waits for is stopped."""
        with self._lock:
            order = self._orders.get(question)
            if order is None:
                return
            order.waiting.discard(who)
            if not order.waiting and not order.job.future.done():
                del self._orders[question]
                order.job.stop()

    def _file(self, question: Question, order: _Order[Answer]) -> None:
        """Keep an answer, drop an error (it may be another one next time), make room."""
        future = order.job.future
        with self._lock:
            order.waiting.clear()
            if self._orders.get(question) is not order:
                return
            if future.cancelled() or future.exception() is not None:
                del self._orders[question]
                return
            order.size = self._size(future.result())
            self._make_room()

    def _make_room(self) -> None:
        """Drop the answers asked for longest ago."""
        total = sum(order.size for order in self._orders.values())
        for question, order in list(self._orders.items()):
            if total <= self._most_bytes:
                return
            if order.size and question not in self._always:
                del self._orders[question]
                total -= order.size


class Wish(Generic[Question, Answer]):
    """One reader's wish at a desk, one at a time: a new one takes the place of the one before.

    Its place in the queue as well: else a reader who changes something every second, while the
    queue is longer than that, would never be served.
    """

    def __init__(self, desk: Desk[Question, Answer]) -> None:
        self._desk = desk
        self._question: Question | None = None
        self._order: Future[Answer] | None = None
        self._since = 0.0

    def order(self, question: Question) -> Future[Answer]:
        """The order for `question`, see `Desk.order`."""
        if question != self._question:
            self.drop()
        if self._order is None or _is_answered(self._order):
            self._since = time.monotonic()
        self._question = question
        self._order = self._desk.order(question, self, self._since)
        return self._order

    @property
    def is_answered(self) -> bool:
        """Whether what was ordered has its answer or error."""
        return self._order is None or self._order.done()

    @property
    def share(self) -> float:
        """How much of what was ordered is done, as far as it says (0 to 1)."""
        return 0.0 if self._question is None else self._desk.share(self._question)

    @property
    def under_way(self) -> UnderWay[Answer] | None:
        """What is worked on for it, or was."""
        return None if self._question is None else self._desk.under_way(self._question)

    @property
    def is_the_only_one(self) -> bool:
        """Whether no other reader has ordered at the desk for a while."""
        return self._desk.serves_only(self)

    def drop(self) -> None:
        """The reader is gone or wants something else."""
        if self._question is not None:
            self._desk.withdraw(self._question, self)


class Once(Wish[Question, Answer]):
    """A wish whose failure stays, for what takes long: a page that looks for the answer again and
    again would order it again and again."""

    def order(self, question: Question) -> Future[Answer]:
        """The order for `question`, the one that failed among them until `again`."""
        if question == self._question and self._order is not None and _has_failed(self._order):
            return self._order
        return super().order(question)

    def again(self) -> None:
        """The reader wants it tried once more."""
        self._order = None


def _has_failed(order: Future[Any]) -> bool:
    return _is_answered(order) and order.exception() is not None


def _is_answered(order: Future[Any]) -> bool:
    """With an answer or an error; not where nobody waited any more, so that it was given up."""
    return order.done() and not order.cancelled() and not isinstance(order.exception(), Stopped)
