"""The database behind the store: SQLite or PostgreSQL, brought up to date, its errors in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from equity_core.errors import StoreAwayError, StoreError
from equity_core.settings.settings import StoreSettings

MIGRATIONS = Path(__file__).parent / "migrations"
WRITERS = 7_215_001  # the advisory lock that one writer at a time holds on PostgreSQL
CONNECT_SECONDS, PATIENCE_SECONDS = 5, 10
"""Longest that a connection, and then one statement, is waited for."""

ENGINES_KEPT = 8
"""Of different stores, for reading and for writing: a server has one store."""


class Database:
    """Transactions on an up-to-date store. Connections live only as long as a transaction."""

    def __init__(self, settings: StoreSettings) -> None:
        self._url = _url(settings)
        self._current = False

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing, one writer at a time; raises StoreError where the store fails."""
        with _in_words():
            engine = self._engine()
            with engine.begin() as connection:
                if engine.dialect.name == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS})"))
                if not self._current:
                    _bring_up_to_date(connection)
                yield connection
            self._current = True

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """The store as it is at this moment, to be read while others go on writing.

        Raises StoreError where the store fails.
        """
        with self.transaction():
            pass  # up to date from here on
        with _in_words(), self._engine(reads_only=True).connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    def _engine(self, reads_only: bool = False) -> Engine:
        if self._url.get_backend_name() == "sqlite":
            Path(str(self._url.database)).parent.mkdir(parents=True, exist_ok=True)
        return _engine_of(self._url, reads_only)


@lru_cache(maxsize=ENGINES_KEPT)
def _engine_of(url: URL, reads_only: bool) -> Engine:
    """It holds no connection between transactions."""
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, poolclass=NullPool)
        event.listen(engine, "do_connect", _patiently)
        return engine
    waits = {"timeout": PATIENCE_SECONDS}
    engine = create_engine(url, poolclass=NullPool, connect_args=waits)
    event.listen(engine, "connect", _own_transactions)
    event.listen(engine, "begin", _begin if reads_only else _begin_at_once)
    return engine


@contextmanager
def _in_words() -> Iterator[None]:
    """What fails in the block becomes a sentence without addresses or secrets."""
    try:
        yield
    except (SQLAlchemyError, CommandError, OSError, UnicodeError) as error:
        reason = _reason(error)
        raise StoreAwayError(
            f"The store of saved data cannot be used now ({reason}). Everything that needs no "
            "saved data goes on; try again later, or tell whoever runs this server.",
            reason,
        ) from error


def _url(settings: StoreSettings) -> URL:
    if not settings.database_url:
        return URL.create("sqlite", database=str(settings.file))
    try:
        url = make_url(settings.database_url)
    except (ArgumentError, ValueError):  # a port that is no number, among others
        # Not as the cause: it repeats the address with its password.
        raise StoreError(
            "DATABASE_URL cannot be read. Write it as postgresql://user:password@host:5432/name; "
            "the port is a number."
        ) from None
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreError(
            "DATABASE_URL must begin with postgresql://; leave it empty to use a SQLite file."
        )
    return url.set(drivername="postgresql+psycopg")


def _patiently(_: Any, __: Any, given: list[Any], named: dict[str, Any]) -> Any:
    """A connection to PostgreSQL that waits for nothing longer than it may."""
    # Not at the top: an extra, which a store in SQLite does without.
    patience = import_module("equity_core.store.patience")
    limits = {"connect_timeout": CONNECT_SECONDS}
    return patience.connected(PATIENCE_SECONDS, *given, **named | limits)


def _own_transactions(connection: sqlite3.Connection, _: Any) -> None:
    """Transactions begin when we say so; what is committed has reached the disk."""
    connection.isolation_level = None
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error:  # no database after all
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    """Without a lock: what is read stays as it was when the first row was."""
    connection.exec_driver_sql("BEGIN")


def _begin_at_once(connection: Connection) -> None:
    """With the write lock from the start: processes wait for each other, none is refused."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _bring_up_to_date(connection: Connection) -> None:
    if MigrationContext.configure(connection).get_current_revision() == _newest():
        return
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@cache
def _newest() -> str | None:
    """The revision that this program makes of a store."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _reason(error: Exception) -> str:
    """A few words without addresses or secrets."""
    if isinstance(error, CommandError):
        return "it was made by another version of this program"
    cause = getattr(error, "orig", None) or error
    words = str(cause).lower()
    known = {
        "refused": "nobody answers there",
        "timeout": "it does not answer in time",
        "locked": "others are writing to it",
        "password": "it does not accept our password",
        "full": "the disk is full",
        "disk i/o": "the disk takes or gives nothing more",
        "readonly": "it cannot be written to",
        "not a database": "the file is no SQLite database",
        "malformed": "the file is damaged",
        "unable to open": "the file cannot be opened, or its folder not be written to",
        "permission": "we may not open it",
        "terminat": "the connection was ended",
        "shutting down": "it is shutting down",
        "starting up": "it is starting",
    }
    return next((text for sign, text in known.items() if sign in words), type(cause).__name__)
