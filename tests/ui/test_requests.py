"""The desk: one answer for all who ask, stopped when nobody waits, kept within bounds."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import ui.jobs.requests
from ui.jobs.requests import Desk, Once, Wish
from ui.jobs.tasks import Stopped
from ui.jobs.workers.pool import Job

LONG = 60.0


class Bench:
    """Works on one question after another, each as long as `gate` is shut."""

    def __init__(self, folder):
        self.done = []
        self.gate = threading.Event()
        self.flags = {}
        self.since = {}
        self._folder = folder
        self._turns = ThreadPoolExecutor(max_workers=1)

    def begin(self, question, since):
        self.since[question] = since
        self.flags[question] = self._folder / question
        self.flags[question].unlink(missing_ok=True)
        return Job(self._turns.submit(self._work, question), self.flags[question])

    def _work(self, question):
        while not self.gate.wait(timeout=0.01):
            if self.flags[question].exists():
                raise Stopped
        if question == "wrong":
            raise ValueError(question)
        self.done.append(question)
        return 10 * question

    def close(self):
        self.gate.set()
        self._turns.shutdown(wait=True)


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path)
    yield bench
    bench.close()


@pytest.fixture
def desk(bench):
    return Desk(bench.begin, size=len, most_bytes=25)


def test_a_question_asked_at_once_by_many_is_worked_on_once(desk, bench):
    orders = [desk.order("a", who) for who in range(20)]
    bench.gate.set()
    assert {order.result(timeout=LONG) for order in orders} == {10 * "a"}
    assert bench.done == ["a"]


def test_it_goes_on_while_one_still_waits(desk, bench):
    desk.order("a", "one")
    order = desk.order("a", "other")
    desk.withdraw("a", "one")
    assert not bench.flags["a"].exists()
    bench.gate.set()
    assert order.result(timeout=LONG) == 10 * "a"


def test_what_nobody_waits_for_is_stopped_or_never_begun(desk, bench):
    for question in "abc":
        order = desk.order(question, "one")
    desk.withdraw("a", "one")
    desk.withdraw("b", "one")
    assert bench.flags["a"].exists()
    bench.gate.set()
    assert order.result(timeout=LONG) == 10 * "c"
    assert "b" not in bench.done


def test_what_was_stopped_can_be_asked_again(desk, bench):
    first = desk.order("a", "one")
    desk.withdraw("a", "one")
    again = desk.order("a", "one")
    assert again is not first
    bench.gate.set()
    assert again.result(timeout=LONG) == 10 * "a"


def test_a_new_wish_withdraws_the_one_before(desk, bench):
    wish = Wish(desk)
    wish.order("a")
    assert wish.order("b") is wish.order("b")
    assert bench.flags["a"].exists()
    assert not bench.flags["b"].exists()
    wish.drop()
    assert desk.order("b", "another") is not None
    bench.gate.set()
    assert desk.order("b", "another").result(timeout=LONG) == 10 * "b"


def test_a_new_wish_takes_the_place_of_one_that_was_not_answered(desk, bench):
    wish = Wish(desk)
    wish.order("a")
    Wish(desk).order("b")
    wish.order("c")
    assert bench.since["a"] == bench.since["c"] < bench.since["b"]
    bench.gate.set()
    wish.order("c").result(timeout=LONG)
    wish.order("d")
    assert bench.since["b"] < bench.since["d"]


def test_one_that_was_stopped_half_way_was_not_answered(desk, bench):
    wish = Wish(desk)
    order = wish.order("a")
    wish.drop()
    order.exception(timeout=LONG)
    wish.order("b")
    assert bench.since["a"] == bench.since["b"]


def test_to_ask_twice_is_to_wait_once(desk, bench):
    desk.order("a", "one")
    desk.order("a", "one")
    desk.withdraw("a", "one")
    assert bench.flags["a"].exists()


def test_answers_are_kept_up_to_so_many_bytes(desk, bench):
    bench.gate.set()
    first, second = desk.order("a", 0), desk.order("b", 0)
    second.result(timeout=LONG)
    assert desk.order("a", 0) is first
    third = desk.order("c", 0)
    third.result(timeout=LONG)
    bench.close()
    assert desk.order("a", 0) is first
    assert desk.order("c", 0) is third
    assert list(desk._orders) == ["a", "c"]


def test_an_error_reaches_all_who_wait_and_is_not_kept(desk, bench):
    orders = [desk.order("wrong", who) for who in range(2)]
    bench.gate.set()
    for order in orders:
        with pytest.raises(ValueError, match="wrong"):
            order.result(timeout=LONG)
    assert desk.order("wrong", 0) is not orders[0]


def test_a_desk_serves_one_reader_alone_until_another_comes(desk, bench, monkeypatch):
    monkeypatch.setattr(ui.jobs.requests, "ALONE_AFTER", 0.05)
    one, another = Wish(desk), Wish(desk)
    one.order("a")
    assert not one.is_the_only_one
    time.sleep(0.1)
    one.order("b")
    assert one.is_the_only_one
    another.order("b")
    one.order("c")
    assert not one.is_the_only_one
    assert not another.is_the_only_one


def test_some_answers_are_kept_whatever_else_is_asked(bench):
    desk = Desk(bench.begin, len, 10, always=("a",))
    bench.gate.set()
    for question in "abc":
        desk.order(question, "one").result(timeout=LONG)
    assert desk.order("a", "one").result(timeout=LONG) == 10 * "a"
    assert bench.done == ["a", "b", "c"]
    desk.order("b", "one").result(timeout=LONG)
    assert bench.done == ["a", "b", "c", "b"]


def test_what_failed_is_not_ordered_again_and_again(desk, bench):
    wish = Once(desk)
    bench.gate.set()
    failed = wish.order("wrong")
    with pytest.raises(ValueError, match="wrong"):
        failed.result(timeout=LONG)
    assert wish.order("wrong") is failed
    wish.again()
    assert wish.order("wrong") is not failed
    assert wish.order("right").result(timeout=LONG) == 10 * "right"
