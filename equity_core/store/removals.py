"""Removal links: whoever saved something is given a secret that removes it, once.

Of the secret only its hash is kept: who reads the store, or a backup of it, can remove nothing.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, literal, select, union_all

from equity_core.errors import StoreError
from equity_core.settings.settings import StoreSettings
from equity_core.store.database import Database
from equity_core.store.schema import DATASETS, REMOVALS, SCENARIOS

DATASET, SCENARIO = DATASETS.name, SCENARIOS.name
SECRET_BYTES = 24  # 192 bits: nobody finds one by trying
GONE = (
    "This removal link removes nothing: what it was given for has been removed, or the link was "
    "cut. Check that it was copied as a whole."
)


@dataclass(frozen=True)
class Removable:
    """What a removal link was given for; `created` in seconds since 1970."""

    kind: str
    name: str
    title: str
    created: int


class Removals:
    """Links that remove, of one store; all methods raise StoreError where it cannot be used."""

    def __init__(
        self, settings: StoreSettings | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = Database(settings or StoreSettings.from_environment())
        self._clock = clock

    def grant(self, kind: str, name: str) -> str:
        """A secret that removes the row `name` of the table `kind`; it is not told again."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        row = {"digest": _digest(secret), "kind": kind, "name": name, "created": int(self._clock())}
        with self._database.transaction() as connection:
            connection.execute(insert(REMOVALS).values(**row))
        return secret

    def find(self, secret: str) -> Removable:
        """What `secret` would remove; raises StoreError where that is nothing."""
        with self._database.transaction() as connection:
            return _found(connection, secret)

    def remove(self, secret: str) -> Removable:
        """Remove it, for everybody, and every removal link to it; raises StoreError like `find`."""
        with self._database.transaction() as connection:
            found = _found(connection, secret)
            table = DATASETS if found.kind == DATASET else SCENARIOS
            key = table.primary_key.columns[0]
            connection.execute(delete(table).where(key == found.name))
            drop_orphans(connection)
        return found


def drop_orphans(connection: Connection) -> None:
    """Forget links to what is no longer there: brought in again, it is somebody else's."""
    for table in (DATASETS, SCENARIOS):
        there = select(table.primary_key.columns[0])
        lost = (REMOVALS.c.kind == table.name) & REMOVALS.c.name.not_in(there)
        connection.execute(delete(REMOVALS).where(lost))


def _found(connection: Connection, secret: str) -> Removable:
    rows = connection.execute(
        union_all(
            *(
                select(literal(table.name), REMOVALS.c.name, table.c.title, table.c.created)
                .join(table, table.primary_key.columns[0] == REMOVALS.c.name)
                .where((REMOVALS.c.kind == table.name) & (REMOVALS.c.digest == _digest(secret)))
                for table in (DATASETS, SCENARIOS)
            )
        )
    )
    row = rows.one_or_none()
    if row is None:
        raise StoreError(GONE)
    return Removable(*row)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
