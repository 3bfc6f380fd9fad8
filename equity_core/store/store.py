"""Saving and opening: each a transaction of its own, so that nothing is ever half there."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from equity_core.errors import DatasetError, StoreError
from equity_core.errors import shown as echo
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.tables import shown
from equity_core.settings.settings import StoreSettings
from equity_core.store.database import Database
from equity_core.store.packing import pack, unpack
from equity_core.store.removals import drop_orphans
from equity_core.store.schema import DATASETS, SCENARIOS

DAY = 86_400
LONGEST_TITLE = 120
LONGEST_ADDRESS = 32_000
KEY_BYTES = 9  # 72 bits in 12 letters: nobody finds one by trying


@dataclass(frozen=True)
class StoredDataset:
    """A data set in the store: `size` in bytes, packed; times in seconds since 1970."""

    id: str
    title: str
    size: int
    created: int
    used: int


@dataclass(frozen=True)
class SavedScenario:
    """A scenario under a title: `address` is the query of its link."""

    key: str
    title: str
    address: str
    created: int


class Store:
    """Data sets and scenarios, kept in one database that several processes may share.

    Who knows an id or key may open what it names; nothing lists them to readers. All methods
    raise StoreError where the database cannot be used. `clock` gives seconds since 1970.
    """

    def __init__(
        self, settings: StoreSettings | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings or StoreSettings.from_environment()
        self._database = Database(self._settings)
        self._clock = clock

    def save_dataset(self, dataset: Dataset) -> str:
        """Keep a data set that somebody brought and return its id; the same one is kept once.

        Raises StoreError where it is too large or there is no room.
        """
        content = pack(dataset)
        self._refuse_large(dataset, len(content))
        with self._database.transaction() as connection:
            self._remove_unused(connection)
            if not self._touch(connection, DATASETS, dataset.id):
                self._refuse_full(connection, len(content))
                row = {"id": dataset.id, "title": dataset.title, "content": content}
                connection.execute(insert(DATASETS).values(**row, **self._new(connection, content)))
        return dataset.id

    def open_dataset(self, name: str) -> Dataset:
        """The data set under an id; raises DatasetError where the store has none."""
        with self._database.transaction() as connection:
            self._remove_unused(connection)
            self._touch(connection, DATASETS, name)
            wanted = select(DATASETS.c.content).where(DATASETS.c.id == name)
            content = connection.execute(wanted).scalar_one_or_none()
        if content is None:
            raise DatasetError(
                f"There is no data set {shown(name)} on this server. It was brought in elsewhere, "
                "or removed, by whoever brought it or after a long time without use. Bring its "
                "files in again: the same files get the same id."
            )
        return unpack(name, bytes(content))

    def has_dataset(self, name: str) -> bool:
        """Whether there is a data set under an id; looking does not count as use."""
        wanted = select(func.count()).where(DATASETS.c.id == name)
        with self._database.transaction() as connection:
            return connection.execute(wanted).scalar_one() > 0

    def remove_dataset(self, name: str) -> bool:
        """Forget a data set that somebody brought; whether there was one."""
        with self._database.transaction() as connection:
            gone = connection.execute(delete(DATASETS).where(DATASETS.c.id == name))
            drop_orphans(connection)
        return gone.rowcount > 0

    def datasets(self) -> list[StoredDataset]:
        """All data sets, the last used first; for whoever runs the server."""
        columns = [DATASETS.c[name] for name in StoredDataset.__dataclass_fields__]
        with self._database.transaction() as connection:
            self._remove_unused(connection)
            rows = connection.execute(select(*columns).order_by(DATASETS.c.used.desc())).all()
        return [StoredDataset(*row) for row in rows]

    def save_scenario(self, title: str, address: str) -> str:
        """Keep the query of a link under a title and return its key."""
        title = " ".join(title.split())
        if not 0 < len(title) <= LONGEST_TITLE or not title.isprintable():
            raise StoreError(
                f"The title is {shown(title)}, but must be 1 to {LONGEST_TITLE} characters of "
                "plain text. Write a short title."
            )
        if len(address) > LONGEST_ADDRESS:
            raise StoreError(
                f"The scenario's link has {len(address):,} characters; at most {LONGEST_ADDRESS:,} "
                "can be saved. Set fewer regional factors."
            )
        key = secrets.token_urlsafe(KEY_BYTES)
        row = {"key": key, "title": title, "address": address}
        with self._database.transaction() as connection:
            self._remove_unused(connection)
            count = connection.execute(select(func.count()).select_from(SCENARIOS)).scalar_one()
            if count >= self._settings.scenarios:
                raise StoreError(
                    f"The store holds {count:,} scenarios and takes no more. Keep the page's own "
                    "address instead: it is the scenario, too."
                )
            now = self._now(connection)
            connection.execute(insert(SCENARIOS).values(**row, created=now, used=now))
        return key

    def open_scenario(self, key: str) -> SavedScenario:
        """The scenario under `key`; raises StoreError where there is none."""
        columns = [SCENARIOS.c[name] for name in SavedScenario.__dataclass_fields__]
        with self._database.transaction() as connection:
            self._remove_unused(connection)
            self._touch(connection, SCENARIOS, key)
            row = connection.execute(select(*columns).where(SCENARIOS.c.key == key)).one_or_none()
        if row is None:
            raise StoreError(
                f"There is no saved scenario {echo(key)} on this server. Check the link, or ask "
                "who sent it for the full address of the page."
            )
        return SavedScenario(*row)

    def _new(self, connection: Connection, content: bytes) -> dict[str, int]:
        now = self._now(connection)
        return {"size": len(content), "created": now, "used": now}

    def _now(self, connection: Connection) -> int:
        """When a row is used: what is saved while a clock is years behind must not be removed, as
        if nobody had used it since, when the clock is right again."""
        used = (select(func.coalesce(func.max(t.c.used), 0)) for t in (DATASETS, SCENARIOS))
        return max(int(self._clock()), *(connection.execute(x).scalar_one() for x in used))

    def _touch(self, connection: Connection, table: Table, name: str) -> bool:
        """Note that a row is used, where there is one."""
        key = table.primary_key.columns[0]
        wanted = update(table).where(key == name).values(used=self._now(connection))
        return connection.execute(wanted).rowcount > 0

    def _remove_unused(self, connection: Connection) -> None:
        """Remove what nobody has used for the days that the settings allow."""
        if self._settings.retention_days:
            oldest = int(self._clock()) - self._settings.retention_days * DAY
            for table in (DATASETS, SCENARIOS):
                gone = connection.execute(delete(table).where(table.c.used < oldest))
                if gone.rowcount:
                    drop_orphans(connection)

    def _refuse_large(self, dataset: Dataset, size: int) -> None:
        if size > self._settings.dataset_mb << 20:
            raise StoreError(
                f"{dataset.title} takes {size / 2**20:,.1f} MB; this server keeps data sets of at "
                f"most {self._settings.dataset_mb} MB. Leave out hours or columns."
            )

    def _refuse_full(self, connection: Connection, size: int) -> None:
        held = connection.execute(select(func.coalesce(func.sum(DATASETS.c.size), 0))).scalar_one()
        if int(held) + size > self._settings.total_mb << 20:
            raise StoreError(
                f"The store is full: {int(held) / 2**20:,.0f} of {self._settings.total_mb:,} MB "
                "are taken. Ask whoever runs this server for room, or work with the data set in "
                "Python and on the command line."
            )
