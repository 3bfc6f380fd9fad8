"""What the server says of itself is true: its store is stopped, its workers held and killed."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from bench.cluster import running_cluster
from bench.serving import served
from ui.served import readiness
from ui.served.readiness import KEPT, READY, WELL, Parts

pytestmark = pytest.mark.slow
LONGEST = 40.0
ALL_WELL = dict.fromkeys(readiness.ATTEMPTS, WELL)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server on a PostgreSQL of its own: both."""
    with running_cluster() as cluster:
        settings = {"DATABASE_URL": cluster.database("ready")}
        log = tmp_path_factory.mktemp("server") / "server.log"
        with served(log, settings=settings) as app:
            yield app, cluster


def asked(app):
    """What the server says of itself now, past what it has kept of the last look."""
    time.sleep(KEPT)
    try:
        with urlopen(f"{app.address}/{READY}", timeout=LONGEST) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.load(refused)


def becomes(app, wanted):
    """The server comes to say so, within a bounded number of looks."""
    for _ in range(6):
        told = asked(app)
        if told[0] == wanted:
            return told[1]
    raise AssertionError(told)


def workers_of(process: int) -> list[int]:
    """The processes that solve for a server."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(one) for task in tasks for one in task.read_text().split()]
    return [one for one in children if b"loky" in Path(f"/proc/{one}/cmdline").read_bytes()]


def test_it_is_ready_once_everything_answers(running):
    app, _ = running
    assert becomes(app, 200) == ALL_WELL


def test_without_its_store_it_is_alive_and_not_ready(running):
    app, cluster = running
    cluster.stop()
    try:
        told = becomes(app, 503)
        assert "nobody answers there" in told["store"]
        assert told | {"store": WELL} == ALL_WELL
        with urlopen(f"{app.address}/alive", timeout=20) as answer:
            assert answer.read() == b"alive"
    finally:
        cluster.start()
    assert becomes(app, 200) == ALL_WELL


def test_a_worker_that_hangs_is_told_and_one_that_was_killed_is_replaced(running):
    app, _ = running
    becomes(app, 200)
    held = workers_of(app.pid)
    assert held
    for worker in held:
        os.kill(worker, signal.SIGSTOP)
    told = becomes(app, 503)
    assert "has not answered for" in told["workers"]
    assert told | {"workers": WELL} == ALL_WELL
    for worker in held:
        with suppress(ProcessLookupError):  # ended already, past its time limit
            os.kill(worker, signal.SIGKILL)
    assert becomes(app, 200) == ALL_WELL
    assert not set(held) & set(workers_of(app.pid))


def test_a_part_that_hangs_is_asked_once_and_holds_no_other_up(monkeypatch):
    asked_for = []

    def hangs():
        asked_for.append("store")
        time.sleep(1.5)

    def fails():
        raise MemoryError

    monkeypatch.setattr(readiness, "PATIENCE", 0.2)
    attempts = {"store": hangs, "workers": fails, "solver": lambda: None}
    monkeypatch.setattr(readiness, "ATTEMPTS", attempts)
    parts = Parts()
    for _ in range(2):
        told = parts.told()
        assert "has not answered" in told["store"]
        assert told["workers"] == "MemoryError"
        assert told["solver"] == WELL
    assert asked_for == ["store"]
