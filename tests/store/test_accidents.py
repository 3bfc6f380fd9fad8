"""Processes killed halfway, two at once, a database that goes away: the store stays consistent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from equity_core.errors import StoreAwayError, StoreError
from equity_core.settings.settings import StoreSettings
from equity_core.store import database
from equity_core.store.database import Database
from equity_core.store.store import Store
from tests.store.hanging import hanging_store
from tests.store.saved import own

ROOT = Path(__file__).parents[2]
SAVING = """
import sys
from tests.store.saved import own
from equity_core.store.store import Store
store = Store()
print("ready", flush=True)
for number in range(int(sys.argv[1])):
    store.save_dataset(own(f"{sys.argv[2]} {number}"))
    store.save_scenario(f"{sys.argv[2]} {number}", "policy=cost")
"""


def saving(
    settings: StoreSettings, count: int, who: str, code: str = SAVING
) -> subprocess.Popen[bytes]:
    """A process that saves one data set and scenario after the other; returns when it begins."""
    where = {"DATABASE_URL": settings.database_url, "EQUITY_STORE_FILE": str(settings.file)}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(count), who],
        cwd=ROOT,
        env=os.environ | where,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.slow
def test_killed_while_saving(settings: StoreSettings) -> None:
    for number, moment in enumerate((0.0, 0.11, 0.37)):
        process = saving(settings, 1000, f"killed {number}")
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        store = Store(settings)
        for item in store.datasets():
            assert store.open_dataset(item.id).title == item.title
        survivor = own(f"after {number}")
        store.save_dataset(survivor)
        assert store.open_dataset(survivor.id).title == survivor.title
    if not settings.database_url:
        with Database(settings).transaction() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_killed_before_the_transaction_ends(settings: StoreSettings) -> None:
    """The data set is written but not committed when the process dies."""
    code = (
        "import os, signal\n"
        "from tests.store.saved import own\n"
        "from equity_core.store.database import Database\n"
        "from equity_core.store.schema import DATASETS\n"
        "from equity_core.settings.settings import StoreSettings\n"
        "with Database(StoreSettings.from_environment()).transaction() as connection:\n"
        "    connection.execute(DATASETS.insert().values(id='own-1', title='x', size=1,\n"
        "        created=1, used=10**12, content=b'half'))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    Store(settings).datasets()
    where = {"DATABASE_URL": settings.database_url, "EQUITY_STORE_FILE": str(settings.file)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | where, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert Store(settings).datasets() == []


@pytest.mark.slow
def test_two_processes_on_one_empty_store(settings: StoreSettings) -> None:
    processes = [saving(settings, 4, who) for who in ("one", "two")]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0]
    titles = {item.title for item in Store(settings).datasets()}
    assert titles == {f"{who} {number}" for who in ("one", "two") for number in range(4)}


AWAY = r"cannot be used now \((nobody answers there|the connection was ended)\)"
SAVING_SCENARIOS = """
import sys
from equity_core.store.store import Store
store = Store()
print("ready", flush=True)
for number in range(int(sys.argv[1])):
    print(store.save_scenario(f"{sys.argv[2]} {number}", "policy=cost"))
"""


@pytest.mark.slow
def test_of_400_scenarios_saved_by_two_processes_at_once_none_is_lost(settings) -> None:
    processes = [saving(settings, 200, who, SAVING_SCENARIOS) for who in ("one", "two")]
    told = [process.communicate(timeout=120)[0].decode().split() for process in processes]
    store = Store(settings)
    for who, keys in zip(("one", "two"), told, strict=True):
        assert [store.open_scenario(key).title for key in keys] == [
            f"{who} {number}" for number in range(200)
        ]


@pytest.mark.slow
@pytest.mark.parametrize("end", ["stop", "kill"])
def test_the_database_goes_away_and_comes_back(cluster, tmp_path: Path, end: str) -> None:
    url = cluster.database(f"away_{end}")
    store = Store(StoreSettings(url, tmp_path / "unused", 30, 8, 16, 5))
    mine = own()
    store.save_dataset(mine)
    getattr(cluster, end)()
    try:
        for question in (store.datasets, lambda: store.save_dataset(mine)):
            with pytest.raises(StoreError, match=AWAY):
                question()
    finally:
        cluster.start()
    assert store.open_dataset(mine.id).title == "Mine"


@pytest.mark.slow
def test_the_connection_ends_in_the_middle(cluster, tmp_path: Path) -> None:
    settings = StoreSettings(cluster.database("middle"), tmp_path / "unused", 30, 8, 16, 5)
    with (
        pytest.raises(StoreError, match=r"the connection was ended|OperationalError"),
        Database(settings).transaction() as connection,
    ):
        own_pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        cluster.end_connection(own_pid)
        connection.execute(text("SELECT 1"))


@pytest.mark.slow
def test_a_server_that_freezes_in_the_middle_is_given_up(cluster, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 1)
    settings = StoreSettings(cluster.database("frozen"), tmp_path / "unused", 30, 8, 16, 5)
    frozen = 0
    try:
        with (
            pytest.raises(StoreAwayError, match=r"\(it does not answer in time\)"),
            Database(settings).transaction() as connection,
        ):
            frozen = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            os.kill(frozen, signal.SIGSTOP)
            connection.execute(text("SELECT 1"))
    finally:
        os.kill(frozen, signal.SIGCONT)
    assert Store(settings).datasets() == []


def test_a_server_that_takes_us_in_and_says_nothing_is_given_up(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(database, "CONNECT_SECONDS", 2)
    with hanging_store() as url, pytest.raises(StoreAwayError) as told:
        Store(StoreSettings(url, tmp_path / "unused", 30, 8, 16, 5)).datasets()
    assert "(it does not answer in time)" in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 99])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "store.sqlite"
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"no SQLite database|damaged"):
        Store(StoreSettings("", file, 30, 8, 16, 5)).datasets()
    assert file.read_bytes() == content


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(StoreError, match="cannot be used now"):
        Store(StoreSettings("", tmp_path / "file" / "store.sqlite", 30, 8, 16, 5)).datasets()
