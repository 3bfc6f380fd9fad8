"""What is saved comes back digit by digit, on SQLite and on PostgreSQL, within the limits."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import inspect, text

from equity_core import Scenario, load_dataset, solve
from equity_core.errors import DatasetError, SettingError, StoreError
from equity_core.inputs.dataset import frozen
from equity_core.inputs.identity import content_digest, is_own, own_id
from equity_core.settings.settings import StoreSettings
from equity_core.store.database import Database
from equity_core.store.packing import pack, unpack
from equity_core.store.schema import METADATA
from equity_core.store.store import Store
from tests.store.saved import Clock, equal, own


def test_a_data_set_comes_back_as_it_was(store: Store) -> None:
    mine = own()
    assert store.save_dataset(mine) == mine.id
    back = store.open_dataset(mine.id)
    assert equal(back, mine)
    assert not back.price.flags.writeable
    scenario = Scenario(dataset=mine.id)
    assert solve(scenario, back).fingerprint == solve(scenario, mine).fingerprint


def test_the_same_data_set_is_kept_once(store: Store) -> None:
    assert store.save_dataset(own()) == store.save_dataset(own())
    assert len(store.datasets()) == 1
    store.save_dataset(own("Another"))
    assert {item.title for item in store.datasets()} == {"Mine", "Another"}


def test_an_unknown_id_is_a_sentence(store: Store) -> None:
    with pytest.raises(DatasetError, match=r"no data set own-0.* on this server.*Bring its files"):
        store.open_dataset("own-" + "0" * 24)


def test_whoever_brought_it_can_remove_it_and_bring_it_again(store: Store) -> None:
    mine, other = own(), own("Other")
    store.save_dataset(mine)
    store.save_dataset(other)
    assert store.remove_dataset(mine.id)
    assert not store.remove_dataset(mine.id)
    assert [item.id for item in store.datasets()] == [other.id]
    with pytest.raises(DatasetError, match=r"There is no data set .* or removed, by whoever"):
        store.open_dataset(mine.id)
    assert store.save_dataset(own()) == mine.id
    assert equal(store.open_dataset(mine.id), mine)


def test_what_nobody_uses_is_removed(store: Store, clock: Clock) -> None:
    mine, other = own(), own("Other")
    store.save_dataset(mine)
    store.save_dataset(other)
    key = store.save_scenario("Kept", "policy=cost")
    clock.pass_days(20)
    store.open_dataset(mine.id)
    clock.pass_days(20)
    assert [item.id for item in store.datasets()] == [mine.id]
    with pytest.raises(StoreError, match="no saved scenario"):
        store.open_scenario(key)


def test_nothing_is_removed_where_retention_is_0(settings: StoreSettings, clock: Clock) -> None:
    store = Store(replace(settings, retention_days=0), clock)
    store.save_dataset(own())
    clock.pass_days(10_000)
    assert len(store.datasets()) == 1


def noisy(title: str, megabytes: float):
    """A data set that does not compress."""
    hours = int(megabytes * 2**20 / 8 / 3 / 5)
    base = own(title)
    noise = np.random.default_rng(len(title)).random((5, 3, hours))
    big = replace(
        base,
        hours=base.hours[:1].append(base.hours[:1] + np.timedelta64(1, "h")),
        price=frozen(noise[0]),
        intensity=frozen(noise[1:3]),
        demand=frozen(noise[3]),
    )
    return replace(big, id=own_id(content_digest(big)))


def test_a_data_set_too_large_and_a_full_store_are_sentences(store: Store) -> None:
    with pytest.raises(StoreError, match=r"takes .* MB; this server keeps .* at most 8 MB"):
        store.save_dataset(noisy("Big", 12))
    store.save_dataset(noisy("First", 8))
    store.save_dataset(noisy("Second one", 8))
    with pytest.raises(StoreError, match=r"The store is full: 1\d of 16 MB"):
        store.save_dataset(noisy("Third of them", 8))
    assert len(store.datasets()) == 2


def test_a_scenario_has_a_short_link(store: Store) -> None:
    key = store.save_scenario("  Fair  water\n", "policy=cost&reach=partial")
    assert len(key) == 12
    saved = store.open_scenario(key)
    assert (saved.title, saved.address) == ("Fair water", "policy=cost&reach=partial")
    assert store.save_scenario("Fair water", saved.address) != key


@pytest.mark.parametrize("title", ["", "   ", "x" * 121, "a\x00b"])
def test_a_title_that_cannot_be_kept(store: Store, title: str) -> None:
    with pytest.raises(StoreError, match="1 to 120 characters"):
        store.save_scenario(title, "policy=cost")


def test_only_so_many_scenarios(store: Store) -> None:
    for number in range(5):
        store.save_scenario(f"Number {number}", "")
    with pytest.raises(StoreError, match=r"holds 5 scenarios.*page's own address"):
        store.save_scenario("One more", "")


def test_odd_keys_find_nothing(store: Store) -> None:
    for key in ("", "%", "' OR 1=1 --", "x" * 5000):
        with pytest.raises(StoreError, match="no saved scenario"):
            store.open_scenario(key)


def test_damage_is_noticed() -> None:
    mine = own()
    content = bytearray(pack(mine))
    assert equal(unpack(mine.id, bytes(content)), mine)
    for at in (0, len(content) // 2, len(content) - 1):
        broken = bytes(content[:at]) + bytes([content[at] ^ 255]) + bytes(content[at + 1 :])
        with pytest.raises(StoreError, match="is damaged"):
            unpack(mine.id, broken)
    with pytest.raises(StoreError, match="is damaged"):
        unpack("own-" + "0" * 24, bytes(content))


def test_the_migrations_lead_to_the_tables_in_use(settings: StoreSettings) -> None:
    Store(settings).datasets()
    database = Database(settings)
    with database.transaction() as connection:
        found = inspect(connection)
        for table in METADATA.sorted_tables:
            columns = {column["name"]: column for column in found.get_columns(table.name)}
            assert set(columns) == {column.name for column in table.columns}
            assert not any(column["nullable"] for column in columns.values())
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= indexes


def test_a_store_of_a_later_version_is_left_alone(settings: StoreSettings) -> None:
    store = Store(settings)
    store.save_dataset(own())
    with Database(settings).transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="made by another version of this program"):
        Store(settings).datasets()


def test_load_dataset_finds_what_is_stored(
    settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("EQUITY_STORE_FILE", str(settings.file))
    mine = own()
    Store().save_dataset(mine)
    assert equal(load_dataset(mine.id), mine)
    with pytest.raises(DatasetError, match="no parts to scale"):
        load_dataset(mine.id, {"water.onsite": 0.5})


def test_bundled_data_need_no_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert load_dataset("paper-2022").id == "paper-2022"
    with pytest.raises(StoreError, match="nobody answers there") as caught:
        load_dataset("own-" + "0" * 24)
    assert "127.0.0.1" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EQUITY_STORE_RETENTION_DAYS", "-1", "whole number from 0"),
        ("EQUITY_STORE_DATASET_MB", "0", "whole number from 1"),
        ("EQUITY_STORE_TOTAL_MB", "many", "the default is 2048"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingError, match=f"{name} is '{value}'.*{words}"):
        StoreSettings.from_environment({name: value})


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "://"])
def test_a_wrong_address_never_shows_what_it_holds(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL") as caught:
        Store(StoreSettings(url, tmp_path / "x", 1, 1, 1, 1))
    assert "secret" not in str(caught.value)


def test_a_password_never_stands_in_a_sentence(tmp_path: Path) -> None:
    url = "postgresql://user:secret@127.0.0.1:1/x"
    with pytest.raises(StoreError) as caught:
        Store(StoreSettings(url, tmp_path / "x", 1, 1, 1, 1)).datasets()
    assert "secret" not in str(caught.value)
    assert "user" not in str(caught.value).split("server")[0]


def test_ids_look_like_ids() -> None:
    assert is_own(own().id)
    assert not is_own("own-123")
    assert not is_own("paper-2022")
    assert not is_own(own().id + "\n")
