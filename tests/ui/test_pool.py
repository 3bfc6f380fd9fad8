"""Worker processes: warm, limited in time, told to stop, replaced when they die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from equity_core import Scenario, solve
from equity_core.answers import Answer, Making
from equity_core.errors import InfeasibleError, SolverError, TimeLimitError
from equity_core.outcome.byline import NOBODY
from equity_core.outcome.drawn import NOT_DRAWN
from equity_core.scenario.link import LOCAL_ADDRESS
from ui.jobs import tasks
from ui.jobs.workers import pool
from ui.jobs.workers.pool import DIED, Worker, Workers

LONG = 60.0


@pytest.fixture(scope="module")
def worker():
    worker = Worker(LONG)
    yield worker
    worker.close()


def answer(job):
    return job.future.result(timeout=LONG)


def process(leave):
    return os.getpid()


def multiply(leave):
    """Seconds of a processor that a large product takes this thread, and all threads."""
    one = np.ones((1500, 1500))
    own, every = time.thread_time(), time.process_time()
    _ = one @ one
    return time.thread_time() - own, time.process_time() - every


def until_stopped(leave, begun):
    begun.touch()
    while True:
        leave.check()
        time.sleep(0.001)


def deaf(leave):
    time.sleep(LONG)


def die_once(leave, died):
    if not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "answer"


def die(leave):
    os.kill(os.getpid(), signal.SIGKILL)


def test_questions_are_answered_by_one_process_beside_this_one(worker):
    assert answer(worker.ask(process)) == answer(worker.ask(process)) != os.getpid()


def test_a_worker_takes_one_processor(worker):
    own, every = answer(worker.ask(multiply))
    assert every <= 1.2 * own


def test_a_plan_is_the_solvers(worker, dataset):
    wanted = solve(Scenario(water_weight=70), dataset)
    plan = answer(worker.ask(tasks.plan, Scenario(water_weight=70)))
    assert plan.gap <= 1e-9
    assert plan.objective == pytest.approx(wanted.objective, rel=1e-8)
    assert plan.fingerprint == wanted.fingerprint


def test_a_curve_has_the_points_asked_for(worker):
    plans = answer(worker.ask(tasks.curve, Scenario(), 5))
    assert len(plans) == 5
    assert sum(plan["knee"] for plan in plans) == 1


def test_losers_under_every_lens_are_those_of_each(worker, dataset):
    losers, tried = answer(worker.ask(tasks.lenses, Scenario()))
    assert tried == ("equal", "water_stress", "income", "population")
    before = solve(Scenario(policy="cost"), dataset)
    each = [solve(Scenario(lens=lens), dataset).compare(before).worse_sites for lens in tried]
    assert list(losers) == [site for site in dataset.site_ids if all(site in x for x in each)]


def test_an_error_comes_back_as_it_was_raised(worker, dataset):
    impossible = Scenario(factors={"texas": {"capacity": 0.5}})
    with pytest.raises(InfeasibleError) as here:
        solve(impossible, dataset)
    with pytest.raises(InfeasibleError) as there:
        answer(worker.ask(tasks.plan, impossible))
    assert str(there.value) == str(here.value)
    assert there.value.details == here.value.details


def test_work_that_is_stopped_makes_room_for_the_next(worker, tmp_path):
    begun = tmp_path / "begun"
    endless, queued = worker.ask(until_stopped, begun), worker.ask(process)
    while not begun.exists():
        time.sleep(0.01)
    queued.stop()
    endless.stop()
    assert queued.future.cancelled()
    assert isinstance(endless.future.exception(timeout=LONG), tasks.Stopped)
    assert answer(worker.ask(process)) != os.getpid()


def test_whoever_has_waited_longest_is_served_first(worker, tmp_path):
    begun, served = tmp_path / "begun", []
    first = worker.ask(until_stopped, begun)
    while not begun.exists():
        time.sleep(0.01)
    now = time.monotonic()
    jobs = {late: worker.ask(process, since=now + late) for late in (0, 2, 1, -1)}
    for late, job in jobs.items():
        job.future.add_done_callback(lambda _, late=late: served.append(late))
    first.stop()
    answer(worker.ask(process, since=now + 3))  # behind all others
    assert served == [-1, 0, 1, 2]


@pytest.mark.slow
def test_a_process_that_dies_is_replaced_and_the_question_asked_again(worker, tmp_path):
    before = answer(worker.ask(process))
    assert answer(worker.ask(die_once, tmp_path / "died")) == "answer"
    assert answer(worker.ask(process)) != before


@pytest.mark.slow
def test_an_export_whose_process_is_killed_is_the_same_file(worker, dataset):
    scenario = Scenario(water_weight=80)
    at_work = answer(worker.ask(process))
    job = worker.ask(tasks.file, scenario, "briefing.pdf", LOCAL_ADDRESS, NOBODY, NOT_DRAWN)
    while not job.future.running():
        time.sleep(0.001)
    os.kill(at_work, signal.SIGKILL)
    assert answer(job) == Making(Answer.to(scenario, dataset)).file("briefing.pdf")
    assert answer(worker.ask(process)) != at_work


@pytest.mark.slow
def test_a_question_that_kills_twice_is_answered_with_a_sentence(worker):
    with pytest.raises(SolverError) as error:
        answer(worker.ask(die))
    assert str(error.value) == DIED
    assert answer(worker.ask(process)) != os.getpid()


@pytest.mark.slow
@pytest.mark.parametrize(("endless", "given"), [(until_stopped, ("begun",)), (deaf, ())])
def test_after_the_time_limit_a_sentence(endless, given, tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "GRACE", 0.5)
    monkeypatch.setattr(pool, "STARTS", 0.0)
    worker = Worker(seconds=1.0)
    with pytest.raises(TimeLimitError, match="longer than the 1 s"):
        answer(worker.ask(endless, *(tmp_path / name for name in given)))
    monkeypatch.setattr(pool, "GRACE", LONG)  # a new process needs a while to start
    assert answer(worker.ask(process)) != os.getpid()
    worker.close()


def test_one_data_set_has_one_worker():
    several = Workers(3, LONG)
    names = [f"set-{k}" for k in range(20)]
    chosen = [several.worker_for(name) for name in names]
    assert chosen == [several.worker_for(name) for name in names]
    assert len(set(chosen)) > 1
    several.close()


ORPHANED = """
import os, signal
from tests.ui.test_pool import process
from ui.jobs.workers.pool import Worker
print(Worker(60.0).ask(process).future.result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_workers_end_with_a_server_that_was_killed():
    killed = subprocess.run(
        [sys.executable, "-c", ORPHANED], stdout=subprocess.PIPE, text=True, check=False
    )
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        try:
            os.kill(int(killed.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("The worker lives on without its server.")


def test_a_file_is_the_command_lines(worker, dataset):
    scenario = Scenario(water_weight=80)
    there = answer(
        worker.ask(tasks.file, scenario, "regions.csv", LOCAL_ADDRESS, NOBODY, NOT_DRAWN)
    )
    assert there == Making(Answer.to(scenario, dataset)).file("regions.csv")


@pytest.mark.slow
def test_what_is_made_ahead_is_a_file_of_each_kind_and_goes_nowhere(worker):
    assert answer(worker.ask(tasks.prepare_files)) is None
    assert {name.rpartition(".")[2] for name in tasks.FIRST_FILES} == {
        "png", "pdf", "html", "xlsx", "gpkg",
    }  # fmt: skip
