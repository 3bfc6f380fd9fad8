"""Turns: one at a time, in order, and nobody is stuck behind one who left."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from ui.jobs.render_queue import Turnstile

LONG = 60.0


class Gone(BaseException):
    """What ends a run of the page."""


@pytest.fixture
def threads():
    with ThreadPoolExecutor(max_workers=20) as pool:
        yield pool


def waiting(turnstile, number):
    """Until so many stand in the queue, the one inside included."""
    end = time.monotonic() + LONG
    while len(turnstile._queue) < number:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_one_is_inside_at_a_time(threads):
    turnstile, inside, most = Turnstile(lambda: None), [], []

    def draw(k):
        with turnstile.turn():
            inside.append(k)
            most.append(len(inside))
            time.sleep(0.001)
            inside.remove(k)

    list(threads.map(draw, range(40)))
    assert most == [1] * 40


def test_first_come_first_served(threads):
    turnstile, served = Turnstile(lambda: None), []

    def draw(k):
        with turnstile.turn():
            served.append(k)

    with turnstile.turn():
        jobs = []
        for k in range(5):
            jobs.append(threads.submit(draw, k))
            waiting(turnstile, k + 2)
    for job in jobs:
        job.result(timeout=LONG)
    assert served == [0, 1, 2, 3, 4]


def test_a_turn_within_a_turn_is_the_same():
    turnstile = Turnstile(lambda: None)
    with turnstile.turn():
        with turnstile.turn():
            pass
        waiting(turnstile, 1)
    assert not turnstile._queue


def test_others_go_first_while_one_waits_for_something_else(threads):
    turnstile = Turnstile(lambda: None)

    def draw():
        with turnstile.turn():
            return "drawn"

    with turnstile.turn():
        with turnstile.outside():
            assert threads.submit(draw).result(timeout=LONG) == "drawn"
        other = threads.submit(draw)
        waiting(turnstile, 2)
        assert not other.done()
    assert other.result(timeout=LONG) == "drawn"


def test_who_comes_back_is_the_next(threads):
    turnstile, served = Turnstile(lambda: None), []
    inside, back = threading.Event(), threading.Event()

    def hold():
        with turnstile.turn():
            inside.set()
            back.wait(timeout=LONG)

    def queue():
        with turnstile.turn():
            served.append("queue")

    def release():
        waiting(turnstile, 3)
        back.set()

    with turnstile.turn():
        with turnstile.outside():
            jobs = [threads.submit(hold)]
            assert inside.wait(timeout=LONG)
            jobs.append(threads.submit(queue))
            waiting(turnstile, 2)
            jobs.append(threads.submit(release))
        served.append("back")
    for job in jobs:
        job.result(timeout=LONG)
    assert served == ["back", "queue"]


def test_who_is_cut_short_is_the_next(threads):
    turnstile, served = Turnstile(lambda: None), []
    inside, end = threading.Event(), threading.Event()

    def cut_short():
        with suppress(Gone), turnstile.turn():
            inside.set()
            end.wait(timeout=LONG)
            raise Gone
        with turnstile.turn():
            served.append("again")

    def queue(k):
        with turnstile.turn():
            served.append(k)
            time.sleep(0.1)

    jobs = [threads.submit(cut_short)]
    assert inside.wait(timeout=LONG)
    for k in range(3):
        jobs.append(threads.submit(queue, k))
        waiting(turnstile, k + 2)
    end.set()
    for job in jobs:
        job.result(timeout=LONG)
    assert served == [0, "again", 1, 2]


def test_it_is_sought_while_another_waits(threads):
    turnstile = Turnstile(lambda: None)
    with turnstile.turn():
        assert not turnstile.is_sought
        other = threads.submit(enter, turnstile)
        waiting(turnstile, 2)
        assert turnstile.is_sought
    assert other.result(timeout=LONG)
    assert not turnstile.is_sought


def test_outside_needs_no_turn():
    turnstile = Turnstile(lambda: None)
    with turnstile.outside():
        assert not turnstile._queue
    assert not turnstile._queue


@pytest.mark.parametrize("back", [False, True], ids=["in the queue", "on the way back"])
def test_who_leaves_while_waiting_holds_nobody_up(threads, back):
    leave = threading.Event()

    def look_up():
        if leave.is_set() and threading.current_thread() is not threading.main_thread():
            raise Gone

    turnstile, begun, go_back = Turnstile(look_up), threading.Event(), threading.Event()

    def draw():
        with turnstile.turn():
            if back:
                with turnstile.outside():
                    begun.set()
                    go_back.wait(timeout=LONG)

    if back:
        leaver = threads.submit(draw)
        assert begun.wait(timeout=LONG)
    with turnstile.turn():
        if not back:
            leaver = threads.submit(draw)
        go_back.set()
        waiting(turnstile, 2)
        leave.set()
        assert isinstance(leaver.exception(timeout=LONG), Gone)
    assert threads.submit(enter, turnstile).result(timeout=LONG)


def enter(turnstile):
    with turnstile.turn():
        return True


def test_who_leaves_and_comes_back_keeps_the_place(threads):
    """As a run of the page does that is begun anew by a newer change."""
    leave, served = threading.Event(), []

    def look_up():
        if leave.is_set() and not served_first.is_set():
            served_first.set()
            raise Gone

    served_first = threading.Event()
    turnstile = Turnstile(look_up)

    def impatient():
        try:
            with turnstile.turn():
                served.append("impatient")
        except Gone:
            with turnstile.turn():
                served.append("impatient again")

    def patient():
        with turnstile.turn():
            served.append("patient")

    with turnstile.turn():
        first = threads.submit(impatient)
        waiting(turnstile, 2)
        leave.set()
        assert served_first.wait(timeout=LONG)
        second = threads.submit(patient)
        waiting(turnstile, 3)
    for job in (first, second):
        job.result(timeout=LONG)
    assert served == ["impatient again", "patient"]
