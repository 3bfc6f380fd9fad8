"""Draws on a real scheduler with a real worker on 127.0.0.1; and where none answers."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path

import pytest

from equity_core import Scenario
from equity_core.errors import SweepError
from equity_core.robustness.ranges import Ranges
from equity_core.sweeps import cluster as clusters
from ui.jobs import tasks
from ui.jobs.samples import Sample
from ui.jobs.workers import cluster
from ui.jobs.workers.cluster import Scheduler, scheduler_at
from ui.jobs.workers.spread import Spread

ROOT = Path(__file__).resolve().parents[2]
LONG = 60.0
HERE = "127.0.0.1"
SAMPLE = Sample(Scenario(), Ranges(draws=20, seed=3))


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Of a scheduler with one worker, each a process that ends with the test."""
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = ["--no-dashboard", "--dashboard-address", f"{HERE}:0"]
    alone = [*quiet, "--no-nanny", "--local-directory", folder]
    commands = (
        [*dask, "scheduler", "--host", HERE, "--port", "0", *quiet, "--scheduler-file", told],
        [*dask, "worker", "--scheduler-file", told, "--host", HERE, "--nthreads", "1", *alone],
    )
    with (folder / "log").open("wb") as log:
        running = [
            subprocess.Popen(list(map(str, each)), cwd=ROOT, stdout=log, stderr=log)
            for each in commands
        ]
        try:
            yield _address(told)
        finally:
            for process in running[::-1]:
                process.terminate()
                process.wait(timeout=LONG)


def _address(told: Path) -> str:
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        if told.exists() and told.read_text(encoding="utf-8").strip():
            return str(json.loads(told.read_text(encoding="utf-8"))["address"])
        time.sleep(0.1)
    raise RuntimeError("The scheduler did not start.")


def figures(records):
    return [(x.best.objective, *x.best.worst, x.regret) for x in chain.from_iterable(records)]


@pytest.mark.slow
def test_draws_of_a_cluster_are_those_of_this_machine(address, tmp_path, monkeypatch):
    there = scheduler_at(address)
    try:
        crew = there.looked_for()[0].result(timeout=LONG)
        assert there.crew is crew
        parts = list(SAMPLE.parts(site_hours=4570))
        spread = Spread(crew, tasks.draws, parts)
        leave = tasks.Leave(LONG, time.monotonic() + LONG, tmp_path / "7")
        here = [tasks.draws(leave, *part) for part in parts]
        assert figures(spread.future.result(timeout=LONG)) == figures(here)
        held = crew.client.has_what()
        assert sum(str(key).startswith("data-") for keys in held.values() for key in keys) == 1
        stopped = Spread(crew, tasks.draws, list(Sample(Scenario(), Ranges(draws=10_000)).parts(1)))
        stopped.stop()
        assert stopped.future.cancelled()
        # Again at once: nothing that nobody waits for stands in the way.
        assert Spread(crew, tasks.draws, parts[:1]).future.result(timeout=LONG)
        with pytest.raises(SweepError, match="Equity Explorer"):
            monkeypatch.setattr(clusters, "__version__", "0.0.1")
            clusters.check_workers(crew.client)
    finally:
        there.close()
    assert there.crew is None


def test_a_scheduler_that_does_not_answer_is_no_crew(monkeypatch):
    monkeypatch.setattr(clusters, "SECONDS_TO_CONNECT", 0.3)
    there = Scheduler(f"tcp://{HERE}:1")
    try:
        found, seconds = there.looked_for()
        assert 0 < seconds <= cluster.PATIENCE
        with pytest.raises(SweepError, match="No worker answers at"):
            found.result(timeout=LONG)
        assert there.crew is None
        assert there.looked_for()[0] is found  # not at once again
        monkeypatch.setattr(cluster, "AGAIN", 0.0)
        assert there.looked_for()[0] is not found
    finally:
        there.close()


def test_without_the_setting_this_machine_draws():
    assert scheduler_at("") is None
