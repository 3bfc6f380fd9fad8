"""A copy of the whole store in one SQLite file, whichever database it is in, and back.

The copy is of one moment, though others go on writing, and is there as a whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, insert, select

from equity_core.errors import StoreError, shown
from equity_core.inputs.checks import counted
from equity_core.settings.settings import StoreSettings
from equity_core.store.contents import Held, count, there
from equity_core.store.database import Database
from equity_core.store.schema import METADATA

ONLY_MINE = 0o600


def back_up(settings: StoreSettings, file: Path) -> Held:
    """Write all that the store holds to `file`, which must not be there yet.

    Raises StoreError where it is, cannot be written, or the store cannot be read.
    """
    _refuse_what_is_there(file)
    with _beside(file) as copy:
        target = replace(settings, database_url="", file=copy)
        with (
            there(settings).snapshot() as source,
            Database(target).transaction() as connection,
        ):
            _copy_rows(source, connection)
            held = count(connection)
        _into_one_file(copy)
        os.link(copy, file)  # fails where somebody else has written there meanwhile
    return held


def restore(settings: StoreSettings, file: Path) -> Held:
    """Fill an empty store with what `file` holds, one of this version's backups or an earlier's.

    Raises StoreError where the store holds anything, or `file` is no sound backup; nothing is
    changed then.
    """
    with TemporaryDirectory(prefix="equity-restore-") as folder:
        copy = Path(folder) / "copy.sqlite"
        _copy_of_sound(file, copy)
        source = Database(replace(settings, database_url="", file=copy))
        with source.snapshot() as rows, Database(settings).transaction() as connection:
            _refuse_full(count(connection))
            _copy_rows(rows, connection)
            return count(connection)


def _copy_rows(source: Connection, target: Connection) -> None:
    """Row by row, for one may take a whole data set's memory."""
    for table in METADATA.sorted_tables:
        key = table.primary_key.columns[0]
        for name in source.execute(select(key)).scalars().all():
            row = source.execute(select(table).where(key == name)).one()
            target.execute(insert(table).values(row._asdict()))


def _into_one_file(copy: Path) -> None:
    """Without the log that SQLite keeps beside it, so that one file is all there is."""
    connection = sqlite3.connect(copy)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    copy.chmod(ONLY_MINE)


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A place on the same disk, gone afterwards; what fails there is a sentence."""
    try:
        with TemporaryDirectory(prefix=".backup-", dir=file.resolve().parent) as folder:
            yield Path(folder) / "copy.sqlite"
    except OSError as error:
        raise StoreError(
            f"The backup could not be written to {shown(str(file))}: "
            f"{(error.strerror or str(error)).lower()}. Nothing was written; choose a new file in a"
            " folder on this machine that you may write to and that has room."
        ) from error


def _refuse_what_is_there(file: Path) -> None:
    if file.exists() or file.is_symlink():
        raise StoreError(
            f"{shown(str(file))} is there already and is left as it is. Choose a new file for each "
            "backup."
        )


def _refuse_full(held: Held) -> None:
    if held.datasets or held.scenarios:
        kept = f"{counted(held.datasets, 'data set')} and {counted(held.scenarios, 'scenario')}"
        raise StoreError(
            f"The store holds {kept} and is left as it is. Restore into an empty one: another "
            "EQUITY_STORE_FILE, or an empty database in DATABASE_URL."
        )


def _copy_of_sound(file: Path, copy: Path) -> None:
    """A copy to bring up to date; raises StoreError where `file` is no store, or is damaged."""
    try:
        shutil.copyfile(file, copy)
        connection = sqlite3.connect(copy)
        try:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            of_ours = connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
        finally:
            connection.close()
    except OSError as error:
        raise StoreError(
            f"{shown(str(file))} cannot be read: {(error.strerror or str(error)).lower()}. Give "
            "the file that `equity-core store backup` wrote."
        ) from error
    except sqlite3.Error as error:
        raise _no_backup(file) from error
    if not (sound and of_ours):
        raise _no_backup(file)


def _no_backup(file: Path) -> StoreError:
    return StoreError(
        f"{shown(str(file))} is no backup of a store, or is damaged; nothing was restored. Give "
        "another file that `equity-core store backup` wrote."
    )
