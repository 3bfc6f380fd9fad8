"""A removal link removes what it was given for, once, and nobody can make one up."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from equity_core.errors import DatasetError, StoreError
from equity_core.settings.settings import StoreSettings
from equity_core.store.database import Database
from equity_core.store.removals import DATASET, SCENARIO, Removals
from equity_core.store.schema import METADATA
from equity_core.store.store import Store
from tests.store.saved import own


def test_whoever_has_the_link_removes_it_once(settings: StoreSettings, store: Store) -> None:
    mine, removals = own(), Removals(settings)
    store.save_dataset(mine)
    key, kept = store.save_scenario("Gone", ""), store.save_scenario("Kept", "")
    first, second = (removals.grant(DATASET, mine.id) for _ in range(2))
    third = removals.grant(SCENARIO, key)
    assert (removals.find(first).title, removals.find(third).title) == ("Mine", "Gone")
    assert removals.remove(first).name == mine.id
    assert removals.remove(third).kind == SCENARIO
    for secret in (first, second, third):
        with pytest.raises(StoreError, match="removes nothing"):
            removals.remove(secret)
    with pytest.raises(DatasetError):
        store.open_dataset(mine.id)
    assert store.open_scenario(kept).title == "Kept"


def test_a_link_to_what_was_removed_otherwise_does_not_come_back(settings, store, clock) -> None:
    mine, removals = own(), Removals(settings, clock)
    for remove in (lambda: store.remove_dataset(mine.id), lambda: clock.pass_days(31)):
        store.save_dataset(mine)
        secret = removals.grant(DATASET, mine.id)
        remove()
        store.save_dataset(mine)
        with pytest.raises(StoreError, match="removes nothing"):
            removals.find(secret)


@pytest.mark.parametrize("secret", ["", "x", "' OR 1=1 --", "\ud800", "0" * 64, "x" * 100_000])
def test_no_made_up_secret_removes_anything(settings, store, secret) -> None:
    store.save_scenario("Kept", "")
    with pytest.raises(StoreError, match="removes nothing"):
        Removals(settings).remove(secret)


def test_the_store_keeps_no_secret(settings, store) -> None:
    secret = Removals(settings).grant(SCENARIO, store.save_scenario("Kept", ""))
    with Database(settings).transaction() as connection:
        for table in METADATA.sorted_tables:
            assert secret not in str(connection.execute(select(table)).all())
