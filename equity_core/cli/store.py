"""Commands for whoever runs the server: what the store holds, its backups, its upkeep."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from equity_core.cli.given import say
from equity_core.settings.settings import read_settings

if TYPE_CHECKING:
    from equity_core.store.contents import Held, Kept

Name = Annotated[str, typer.Argument(metavar="NAME", help="Id of a data set, key of a scenario.")]
Backup = Annotated[Path, typer.Argument(metavar="FILE", help="A backup, one SQLite file.")]

store = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="See, back up and keep up the store of saved data that the settings name.",
)


@store.command()
def backup(file: Backup) -> None:
    """Copy the whole store into one new file, while the server runs."""
    from equity_core.store.backup import back_up  # noqa: PLC0415  a database library takes a moment

    say(f"Backed up {_told(back_up(read_settings(), file))} to {file}.")


@store.command()
def restore(file: Backup) -> None:
    """Fill an empty store with a backup of this version or an earlier one."""
    from equity_core.store.backup import restore as put_back  # noqa: PLC0415  as in backup

    say(f"Restored {_told(put_back(read_settings(), file))}.")


@store.command("list")
def list_all() -> None:
    """List what is kept, the last used first."""
    from equity_core.store.contents import listed  # noqa: PLC0415  as in backup

    say("\n".join(map(_line, listed(read_settings()))) or "The store is empty.")


@store.command()
def show(name: Name) -> None:
    """Say what is kept under a name."""
    from equity_core.store.contents import NAMES, found  # noqa: PLC0415  as in backup

    row = found(read_settings(), name)
    say(f"{NAMES[row.kind].capitalize()} {row.name}: {row.title}")
    say(f"{row.size:,} bytes, saved {_day(row.created)}, last used {_day(row.used)}.")


@store.command()
def remove(name: Name) -> None:
    """Remove what is kept under a name, for everybody."""
    from equity_core.store.contents import NAMES, removed  # noqa: PLC0415  as in backup

    row = removed(read_settings(), name)
    say(f"Removed the {NAMES[row.kind]} {row.name}: {row.title}.")


@store.command()
def prune(
    days: Annotated[
        float,
        typer.Option("--older-than", metavar="DAYS", min=0, help="Days without use."),
    ],
) -> None:
    """Remove what nobody has used for so many days."""
    from equity_core.store.contents import pruned  # noqa: PLC0415  as in backup

    gone = pruned(read_settings(), days)
    say("\n".join([*map(_line, gone), f"Removed {len(gone):,} of what was kept."]))


def _told(held: Held) -> str:
    from equity_core.inputs.checks import counted  # noqa: PLC0415  as in backup

    size = f"{held.bytes / 2**20:,.1f} MB"
    scenarios = counted(held.scenarios, "scenario")
    return f"{counted(held.datasets, 'data set')} ({size}) and {scenarios}"


def _line(row: Kept) -> str:
    return f"{row.name:<30}{row.size:>12,}  {_day(row.used)}  {row.title}"


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
