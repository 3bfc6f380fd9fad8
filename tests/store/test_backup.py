"""Backups are of one moment, whole or not there, and come back into either kind of database."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from equity_core.errors import StoreError
from equity_core.settings.settings import StoreSettings
from equity_core.store.backup import back_up, restore
from equity_core.store.contents import held, listed, pruned
from equity_core.store.removals import DATASET, SCENARIO, Removals
from equity_core.store.store import Store
from tests.store.saved import Clock, equal, own
from tests.store.test_accidents import ROOT, saving


def elsewhere(settings: StoreSettings, tmp_path: Path) -> StoreSettings:
    """An empty store of the other kind: what comes out of PostgreSQL goes into SQLite too."""
    return replace(settings, database_url="", file=tmp_path / "elsewhere.sqlite")


def test_what_is_backed_up_comes_back_digit_by_digit(settings, tmp_path) -> None:
    store = Store(settings)
    mine = own()
    store.save_dataset(mine)
    key = store.save_scenario("Fair water", "policy=cost")
    secret = Removals(settings).grant(SCENARIO, key)
    file = tmp_path / "backup.sqlite"
    assert back_up(settings, file).datasets == 1
    assert (file.stat().st_mode & 0o777, sorted(tmp_path.glob(".backup-*"))) == (0o600, [])
    other = elsewhere(settings, tmp_path)
    restore(other, file)
    assert equal(Store(other).open_dataset(mine.id), mine)
    assert Store(other).open_scenario(key).title == "Fair water"
    assert Removals(other).remove(secret).name == key
    store.remove_dataset(mine.id)
    Removals(settings).remove(secret)
    assert restore(settings, file) == back_up(settings, tmp_path / "again.sqlite")


def test_nothing_is_overwritten(settings, tmp_path) -> None:
    store, file = Store(settings), tmp_path / "backup.sqlite"
    store.save_scenario("One", "")
    back_up(settings, file)
    before = file.read_bytes()
    with pytest.raises(StoreError, match="is there already and is left as it is"):
        back_up(settings, file)
    with pytest.raises(StoreError, match="holds 0 data sets and 1 scenario and is left as it is"):
        restore(settings, file)
    assert (file.read_bytes(), held(settings).scenarios) == (before, 1)


@pytest.mark.slow
def test_a_backup_while_others_save_is_of_one_moment(settings, tmp_path) -> None:
    """Each data set is saved before its scenario: no backup may hold the scenario alone."""
    Store(settings).datasets()
    process = saving(settings, 1000, "busy")
    try:
        files = [tmp_path / f"{number}.sqlite" for number in range(4)]
        numbers = [back_up(settings, file) for file in files]
    finally:
        process.kill()
        process.communicate()
    for file, told in zip(files, numbers, strict=True):
        assert told.scenarios in {told.datasets, told.datasets - 1}
        other = replace(elsewhere(settings, tmp_path), file=tmp_path / f"of-{file.name}")
        assert restore(other, file) == told
        for row in listed(other):
            if row.kind == DATASET:
                assert Store(other).open_dataset(row.name).title == row.title


@pytest.mark.parametrize("content", [None, b"", b"no backup", b"SQLite format 3\0" + b"x" * 999])
def test_what_is_no_backup_is_a_sentence_and_changes_nothing(settings, tmp_path, content) -> None:
    file = tmp_path / "wrong.sqlite"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StoreError, match=r"cannot be read: no such file|no backup of a store"):
        restore(settings, file)
    assert held(settings) == held(replace(settings, file=tmp_path / "none", database_url=""))


def test_a_backup_that_is_damaged_in_the_middle_is_refused(tmp_path) -> None:
    settings = StoreSettings("", tmp_path / "store.sqlite", 30, 8, 16, 500)
    store, file = Store(settings), tmp_path / "backup.sqlite"
    for number in range(40):
        store.save_scenario(f"Number {number}", "x" * 3000)
    back_up(settings, file)
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = b"\xff" * 4096
    file.write_bytes(content)
    other = replace(settings, file=tmp_path / "other.sqlite")
    with pytest.raises(StoreError, match="is damaged; nothing was restored"):
        restore(other, file)


def test_a_backup_where_nothing_can_be_written_leaves_nothing(tmp_path) -> None:
    settings = StoreSettings("", tmp_path / "store.sqlite", 30, 8, 16, 5)
    Store(settings).save_scenario("One", "")
    with pytest.raises(StoreError, match=r"could not be written to .*Nothing was written"):
        back_up(settings, tmp_path / "no" / "such" / "backup.sqlite")
    with pytest.raises(StoreError, match="There is no store at"):
        back_up(replace(settings, file=tmp_path / "none.sqlite"), tmp_path / "x.sqlite")
    assert sorted(x.name for x in tmp_path.iterdir()) == ["store.sqlite"]


def test_a_store_of_the_previous_version_is_brought_up_to_date(settings, tmp_path) -> None:
    mine = own()
    at_version_1(settings, mine)
    store = Store(settings)
    assert equal(store.open_dataset(mine.id), mine)
    assert store.open_scenario("old-key").title == "Old"
    secret = Removals(settings).grant(DATASET, mine.id)
    assert Removals(settings).remove(secret).title == mine.title


def test_a_backup_of_the_previous_version_is_restored(settings, tmp_path) -> None:
    old = replace(settings, database_url="", file=tmp_path / "old.sqlite")
    at_version_1(old, own())
    assert restore(settings, old.file).scenarios == 1
    assert Store(settings).open_scenario("old-key").title == "Old"
    with sqlite3.connect(old.file) as untouched:
        (version,) = untouched.execute("SELECT version_num FROM alembic_version").fetchone()
    assert version == "0001"


def at_version_1(settings: StoreSettings, dataset) -> None:
    """A store as the first version of its tables left it."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import text

    from equity_core.store.database import MIGRATIONS, Database
    from equity_core.store.packing import pack
    from equity_core.store.schema import DATASETS

    database = Database(settings)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    if not settings.database_url:
        settings.file.parent.mkdir(parents=True, exist_ok=True)
    with database._engine().begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        now = {"created": 10**9, "used": 4 * 10**9}
        row = {"id": dataset.id, "title": dataset.title, "size": 1, "content": pack(dataset)}
        connection.execute(DATASETS.insert().values(**row, **now))
        connection.execute(
            text("INSERT INTO scenarios VALUES ('old-key', 'Old', 'policy=cost', 1, 4000000000)")
        )


def test_what_is_old_is_pruned_on_demand(settings, clock: Clock) -> None:
    store = Store(settings, clock)
    store.save_dataset(own())
    clock.pass_days(10)
    key = store.save_scenario("New", "")
    clock.pass_days(10)
    assert [row.title for row in pruned(settings, 15, clock)] == ["Mine"]
    assert [row.name for row in listed(replace(settings, retention_days=0))] == [key]


@pytest.mark.slow
def test_the_commands_tell_what_they_did(tmp_path) -> None:
    settings = StoreSettings("", tmp_path / "store.sqlite", 30, 8, 16, 5)
    assert "There is no store at" in run(settings, "list", code=2)
    mine, store = own(), Store(settings)
    store.save_dataset(mine)
    key = store.save_scenario("Fair water", "policy=cost")
    listing = run(settings, "list")
    assert mine.id in listing
    assert "Fair water" in listing
    assert "Scenario" in run(settings, "show", key)
    assert "1 data set (" in run(settings, "backup", str(tmp_path / "b"))
    assert "is there already" in run(settings, "backup", str(tmp_path / "b"), code=2)
    assert f"Removed the data set {mine.id}: Mine." in run(settings, "remove", mine.id)
    assert "holds nothing under" in run(settings, "remove", mine.id, code=2)
    assert run(settings, "prune", "--older-than", "1") == "Removed 0 of what was kept.\n"
    other = replace(settings, file=tmp_path / "other.sqlite")
    assert "Restored 1 data set (" in run(other, "restore", str(tmp_path / "b"))


def run(settings: StoreSettings, *arguments: str, code: int = 0) -> str:
    """What a command of the store says on this store."""
    import os

    done = subprocess.run(
        [sys.executable, "-m", "equity_core", "store", *arguments],
        cwd=ROOT,
        env=os.environ | {"EQUITY_STORE_FILE": str(settings.file)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr
