"""What a store holds, for whoever runs the server: told, removed, counted. Never for readers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, func, literal, select

from equity_core.errors import StoreError, shown
from equity_core.settings.settings import StoreSettings
from equity_core.store.database import Database
from equity_core.store.removals import drop_orphans
from equity_core.store.schema import DATASETS, SCENARIOS

DAY = 86_400
NAMES = {DATASETS.name: "data set", SCENARIOS.name: "scenario"}


@dataclass(frozen=True)
class Kept:
    """A row of the store: `size` in bytes, times in seconds since 1970."""

    kind: str
    name: str
    title: str
    size: int
    created: int
    used: int


@dataclass(frozen=True)
class Held:
    """How much a store holds: numbers of rows, and bytes of all data sets."""

    datasets: int
    scenarios: int
    bytes: int


def there(settings: StoreSettings) -> Database:
    """The database of a store that somebody has used; raises StoreError where there is none.

    Looking does not make one.
    """
    if not settings.database_url and not settings.file.exists():
        raise StoreError(
            f"There is no store at {shown(str(settings.file))} yet; nothing has been kept. Set "
            "EQUITY_STORE_FILE or DATABASE_URL as the server has it."
        )
    return Database(settings)


def held(settings: StoreSettings) -> Held:
    """How much there is; raises StoreError where the store cannot be used."""
    if not settings.database_url and not settings.file.exists():
        return Held(0, 0, 0)
    with Database(settings).transaction() as connection:
        return count(connection)


def count(connection: Connection) -> Held:
    """How much there is in a database that is open."""
    total = func.coalesce(func.sum(DATASETS.c.size), 0)
    datasets, size = connection.execute(select(func.count(), total).select_from(DATASETS)).one()
    scenarios = connection.execute(select(func.count()).select_from(SCENARIOS)).scalar_one()
    return Held(datasets, scenarios, int(size))


def listed(settings: StoreSettings) -> list[Kept]:
    """All that is kept, the last used first; raises StoreError."""
    with there(settings).transaction() as connection:
        kept = [*_rows(connection, DATASETS), *_rows(connection, SCENARIOS)]
    return sorted(kept, key=lambda row: row.used, reverse=True)


def found(settings: StoreSettings, name: str) -> Kept:
    """One of them, by id or key; raises StoreError where there is none."""
    for row in listed(settings):
        if row.name == name:
            return row
    raise StoreError(
        f"The store holds nothing under {shown(name)}. `equity-core store list` names all it holds."
    )


def removed(settings: StoreSettings, name: str) -> Kept:
    """Remove one, for everybody, and say what it was; raises StoreError where there is none."""
    row = found(settings, name)
    with there(settings).transaction() as connection:
        for table in (DATASETS, SCENARIOS):
            connection.execute(delete(table).where(table.primary_key.columns[0] == name))
        drop_orphans(connection)
    return row


def pruned(
    settings: StoreSettings, days: float, clock: Callable[[], float] = time.time
) -> list[Kept]:
    """Remove what nobody has used for `days`, and say what it was; raises StoreError."""
    oldest = int(clock() - days * DAY)
    with there(settings).transaction() as connection:
        old = [
            row
            for table in (DATASETS, SCENARIOS)
            for row in _rows(connection, table)
            if row.used < oldest
        ]
        for table in (DATASETS, SCENARIOS):
            connection.execute(delete(table).where(table.c.used < oldest))
        drop_orphans(connection)
    return old


def _rows(connection: Connection, table: Table) -> list[Kept]:
    size = table.c.size if table is DATASETS else func.length(table.c.address)
    key = table.primary_key.columns[0]
    columns = (literal(table.name), key, table.c.title, size, table.c.created, table.c.used)
    return [Kept(*row) for row in connection.execute(select(*columns))]
