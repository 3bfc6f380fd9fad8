"""The settings as one frozen object, read and checked once, where the program starts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from equity_core.errors import SettingError, shown
from equity_core.settings.rows import MARK, SETTINGS, STORE, Setting


@dataclass(frozen=True)
class StoreSettings:
    """Where the store is (`database_url`, or the SQLite `file` where that is empty) and how much
    it may hold; sizes in MB (2**20 bytes)."""

    database_url: str = field(repr=False)  # a password stands in it
    file: Path
    retention_days: int
    dataset_mb: int
    total_mb: int
    scenarios: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> StoreSettings:
        """Those of the store alone, for whoever uses it from Python; raises SettingError."""
        return StoreSettings(**_values(STORE, environment))


@dataclass(frozen=True)
class Settings(StoreSettings):
    """All settings; what each means stands in its row (rows.py)."""

    frame_ancestors: tuple[str, ...]
    replica: str
    sessions: int
    client_sessions: int
    upload_mb: int
    solve_seconds: int
    stop_seconds: int
    log_level: str
    metrics_port: int
    scheduler: str


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of `environment`.

    Raises SettingError, with a sentence for each variable that cannot be used and for each of ours
    that there is not.
    """
    problems = [*_strangers(environment), *_problems(environment)]
    if problems:
        raise SettingError("\n".join(problems))
    return Settings(**_values(SETTINGS, environment))


def documented() -> str:
    """The table of docs/OPERATE.md."""
    rows = [
        f"| `{row.name}` | {f'`{row.default}`' if row.default else 'empty'} | {row.kind.allowed} "
        f"| {row.meaning} |"
        for row in SETTINGS
    ]
    return "\n".join(["| variable | default | allowed | meaning |", "|---|---|---|---|", *rows])


def _values(rows: Iterable[Setting], environment: Mapping[str, str]) -> dict[str, Any]:
    return {row.field: row.value(environment) for row in rows}


def _problems(environment: Mapping[str, str]) -> Iterator[str]:
    for row in SETTINGS:
        try:
            row.value(environment)
        except SettingError as error:
            yield str(error)


def _strangers(environment: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each variable that is named like ours and is none; its value is not told."""
    known = [row.name for row in SETTINGS]
    for name in sorted(environment):
        if name.startswith(MARK) and name not in known:
            near = get_close_matches(name, known, n=1)
            meant = f" (did you mean {near[0]}?)" if near else ""
            yield (
                f"There is no setting {shown(name)}{meant}. Correct the variable's name or remove "
                "it; docs/OPERATE.md lists all."
            )
