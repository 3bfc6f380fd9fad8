"""Short questions never wait behind long ones, and what nobody waits for ends."""

from __future__ import annotations

import os
import time

import pytest

from equity_core import Scenario
from ui.jobs.tasks import Stopped
from ui.jobs.workers import lanes as lanes_module
from ui.jobs.workers.lanes import Lanes, LongLane, all_files_take_long
from ui.jobs.workers.pool import Workers

LONG = 60.0
YEAR = Scenario(dataset="us-2023")


@pytest.fixture
def lanes():
    long = LongLane.of(Workers(1, LONG))
    lanes = Lanes(Workers(1, 1.0, grace=0.5), long, LONG)
    lanes.ask(YEAR, process).future.result(LONG)
    yield lanes
    lanes.close()
    long.workers.close()


def process(leave):
    return os.getpid()


def deaf(leave, begun):
    begun.touch()
    time.sleep(LONG)


def slow(leave):
    end = time.monotonic() + 2.0
    while time.monotonic() < end:
        leave.check()
        time.sleep(0.01)
    return os.getpid()


def begun(file):
    while not file.exists():
        time.sleep(0.01)


@pytest.mark.slow
def test_what_looks_long_holds_up_nothing_short(lanes, tmp_path):
    heavy = YEAR.replace(measure="lq")
    jobs = [lanes.ask(heavy, deaf, tmp_path / str(k)) for k in range(4)]
    begun(tmp_path / "0")
    assert lanes.ask(YEAR, process).future.result(LONG) != os.getpid()
    assert not any(job.future.done() for job in jobs)
    for job in jobs:
        job.stop()
    assert isinstance(jobs[0].future.exception(LONG), Stopped)  # ended, though it never looks up
    assert all(job.future.cancelled() for job in jobs[1:])
    assert lanes.ask(heavy, process).future.result(LONG) != os.getpid()


@pytest.mark.slow
def test_what_turns_out_long_is_moved_and_remembered(lanes):
    short = lanes.ask(YEAR, process).future.result(LONG)
    assert lanes.ask(YEAR, slow).future.result(LONG) != short
    assert lanes.long.takes(YEAR.replace(water_weight=1.0), "slow")
    assert not lanes.long.takes(YEAR, "process")


@pytest.mark.slow
def test_one_long_file_does_not_send_other_files_behind_it(lanes):
    lanes.ask(YEAR, slow, part="package.zip").future.result(LONG)
    assert lanes.long.takes(YEAR, "slow package.zip")
    assert not lanes.long.takes(YEAR, "slow regions.csv")
    short = lanes.ask(YEAR, process, part="regions.csv").future.result(LONG)
    known = lanes.ask(YEAR, process, part="package.zip", is_long=True).future.result(LONG)
    assert known != short


def test_all_files_of_a_year_are_known_to_take_long():
    assert all_files_take_long(YEAR, "package.zip")
    assert not all_files_take_long(YEAR, "briefing.pdf")
    assert not all_files_take_long(Scenario(), "package.zip")


def test_what_a_busy_machine_makes_long_is_not_taken_for_long_for_ever(monkeypatch):
    long = LongLane.of(Workers(1, LONG))
    long.learn(Scenario(), "file")
    assert not long.takes(Scenario(), "file")  # small: whatever is asked is short
    long.learn(YEAR, "file")
    assert long.takes(YEAR, "file")
    monkeypatch.setattr(lanes_module, "KNOWN_FOR", 0.0)
    assert not long.takes(YEAR, "file")
    long.workers.close()
