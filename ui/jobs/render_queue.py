"""Turns: one page is drawn at a time, in the order in which readers asked. No streamlit.

Python runs one thread at a time anyway. Twenty pages drawn side by side would all be late, and the
server could not even send what is done; drawn in turn, most readers have their answer sooner.

Gains: p95 of twenty readers 2.5 and 2.8 s with it, 16.5 s without (2026-11-26, one run
without between two with, on a busy machine: only the ratio counts; docs/decisions/0015).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

LOOK_UP = 0.02
"""Seconds after which one who waits looks whether the reader has gone on to something else."""


class Turnstile:
    """Lets one thread in at a time. `look_up` is called while waiting and may raise to leave.

    Streamlit ends a run and begins another in the same thread when the reader makes a newer change,
    which must not send the reader to the queue's end: a busy reader would never be served. So a
    thread that leaves the queue keeps its place, and one that is cut short inside is the next.
    """

    def __init__(self, look_up: Callable[[], object]) -> None:
        self._look_up = look_up
        self._lock = threading.Lock()
        self._queue: OrderedDict[int, _Place] = OrderedDict()  # the first thread is inside
        self._cut_short: set[int] = set()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The block runs when its turn has come; a turn within a turn is the same one."""
        if self._is_inside():
            yield
            return
        me = threading.get_ident()
        self._come_in(next_one=me in self._cut_short)
        self._cut_short.discard(me)
        try:
            yield
        except BaseException:
            self._cut_short.add(me)
            raise
        finally:
            self._go_out()

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Within a turn: others are let in while the block waits for something else.

        Whoever comes back is the next: most of the wait was done before.
        """
        was_inside = self._is_inside()
        self._go_out()
        try:
            yield
        finally:
            if was_inside:
                self._come_in(next_one=True)

    @property
    def is_sought(self) -> bool:
        """Whether others wait for their turn."""
        with self._lock:
            return len(self._queue) > 1

    def _is_inside(self) -> bool:
        with self._lock:
            place = self._queue.get(threading.get_ident())
            return place is not None and place.inside

    def _come_in(self, next_one: bool = False) -> None:
        with self._lock:
            place = self._queue.setdefault(threading.get_ident(), _Place())
            place.taken = True
            if next_one:
                inside = next(iter(self._queue))
                self._queue.move_to_end(threading.get_ident(), last=False)
                self._queue.move_to_end(inside, last=False)
            self._let_in()
        try:
            while not place.turn.wait(LOOK_UP):
                self._look_up()
        except BaseException:
            with self._lock:
                place.taken = False
                self._let_in()
            raise
        place.inside = True

    def _go_out(self) -> None:
        """Does nothing for a thread that is not inside, such as one that gave up coming back."""
        with self._lock:
            place = self._queue.get(threading.get_ident())
            if place is not None and place.inside:
                del self._queue[threading.get_ident()]
                self._let_in()

    def _let_in(self) -> None:
        """The first in the queue; places whose thread is not there when its turn comes are lost."""
        while self._queue:
            thread, place = next(iter(self._queue.items()))
            if place.taken:
                place.turn.set()
                return
            del self._queue[thread]


@dataclass
class _Place:
    """A thread's place in the queue; not `taken` while the thread is elsewhere."""

    turn: threading.Event = field(default_factory=threading.Event)
    taken: bool = False
    inside: bool = False
