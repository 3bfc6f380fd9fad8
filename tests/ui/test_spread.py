"""Work in parts: by several processes at once, told how far it is, stopped, fair to others."""

from __future__ import annotations

import os
import time
from functools import partial

import pytest

from equity_core import Scenario, solve
from equity_core.errors import InfeasibleError
from ui.jobs import tasks
from ui.jobs.requests import Desk
from ui.jobs.workers.pool import Workers
from ui.jobs.workers.spread import Spread

LONG = 60.0
IMPOSSIBLE = Scenario(factors={"texas": {"capacity": 0.5}})


@pytest.fixture(scope="module")
def workers():
    workers = Workers(2, LONG)
    yield workers
    workers.close()


@pytest.fixture(scope="module")
def one_worker():
    workers = Workers(1, LONG)
    yield workers
    workers.close()


def together(leave, folder, name):
    """Ends once two are at it."""
    (folder / name).touch()
    while len(list(folder.iterdir())) < 2:
        leave.check()
        time.sleep(0.001)
    return name, os.getpid()


def until_stopped(leave, begun):
    begun.touch()
    while True:
        leave.check()
        time.sleep(0.001)


def until(leave, file, name):
    while not file.exists():
        leave.check()
        time.sleep(0.001)
    return name


def process(leave):
    return os.getpid()


def exist(*files):
    end = time.monotonic() + LONG
    while not all(file.exists() for file in files):
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.slow
def test_parts_of_one_question_are_worked_on_by_several_processes_at_once(workers, tmp_path):
    told = []
    parts = [(tmp_path, f"part-{k}") for k in range(6)]
    spread = Spread(workers, together, parts, lambda *how_far: told.append(how_far))
    answers = spread.future.result(timeout=LONG)
    assert [name for name, _ in answers] == [f"part-{k}" for k in range(6)]
    assert len({pid for _, pid in answers} - {os.getpid()}) == 2
    assert told == [(k, 6) for k in range(1, 7)]
    assert spread.share == 1


def test_plans_of_a_sweep_are_the_solvers(workers, dataset):
    sweep = [Scenario(water_weight=weight) for weight in (20, 40, 80)]
    plans = Spread(workers, tasks.plan, [(scenario,) for scenario in sweep]).future.result(LONG)
    wanted = [solve(scenario, dataset).objective for scenario in sweep]
    assert [plan.objective for plan in plans] == pytest.approx(wanted, rel=1e-8)


def test_what_is_stopped_leaves_all_workers_free(workers, tmp_path):
    begun = [tmp_path / str(k) for k in range(3)]
    spread = Spread(workers, until_stopped, [(file,) for file in begun])
    exist(*begun[:2])
    assert spread.share == 0
    spread.stop()
    assert spread.future.cancelled()
    for worker in workers.members:
        assert worker.ask(process).future.result(timeout=LONG)
    assert not begun[2].exists()  # the part that was left is never begun


def test_an_error_in_one_part_ends_all_and_comes_back_as_it_was_raised(workers, tmp_path):
    begun, parts = tmp_path / "begun", {"endless": 0, "wrong": 1}
    spread = Spread(workers, either, [(k, begun) for k in parts.values()])
    with pytest.raises(InfeasibleError):
        spread.future.result(timeout=LONG)
    for worker in workers.members:
        assert worker.ask(process).future.result(timeout=LONG)


def either(leave, part, begun):
    if part:
        exist(begun)
        return tasks.plan(leave, IMPOSSIBLE)
    return until_stopped(leave, begun)


@pytest.mark.slow
def test_another_question_waits_for_one_part_at_most(one_worker, tmp_path):
    gates, served = [tmp_path / str(k) for k in range(3)], []
    spread = Spread(
        one_worker,
        until,
        [(gate, str(k)) for k, gate in enumerate(gates)],
        lambda done, _: served.append(done),
    )
    job = one_worker.members[0].ask(process)
    job.future.add_done_callback(lambda _: served.append("another"))
    for gate in gates:
        gate.touch()
    spread.future.result(timeout=LONG)
    assert served == [1, "another", 2, 3]


def test_a_desk_answers_all_who_ask_and_stops_when_nobody_waits(workers, tmp_path):
    begun = [tmp_path / str(k) for k in range(2)]
    parts = [(file,) for file in begun]
    desk = Desk(lambda *_: Spread(workers, until_stopped, parts), size=len, most_bytes=10)
    order = desk.order("sweep", "one")
    assert desk.order("sweep", "other") is order
    exist(*begun)
    desk.withdraw("sweep", "one")
    assert not order.done()
    desk.withdraw("sweep", "other")
    assert order.cancelled()


def test_nothing_to_do_is_done_at_once(one_worker):
    assert Spread(one_worker, process, []).future.result(timeout=0) == []


def test_who_cannot_be_told_does_not_hold_the_answers_up(one_worker):
    spread = Spread(one_worker, process, [()], partial(lambda wrong, *_: wrong[0], ()))
    assert spread.future.result(timeout=LONG)
