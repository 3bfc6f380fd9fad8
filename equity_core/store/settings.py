"""Settings of the store: environment variables, each a row of this table and of docs/DEPLOY.md."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from equity_core.errors import StoreError, shown
from equity_core.inputs.folders import kept

MOST_DIGITS = 20


@dataclass(frozen=True)
class Setting:
    """One environment variable. `lowest` and `highest` bound a whole number; None for text."""

    name: str
    default: str
    meaning: str
    lowest: int | None = None
    highest: int = 10**9


DATABASE_URL = Setting(
    "DATABASE_URL",
    "",
    "PostgreSQL to keep data in, as postgresql://user:password@host:5432/name; empty for SQLite",
)
FILE = Setting("EQUITY_STORE_FILE", "var/store.sqlite", "SQLite file where DATABASE_URL is empty")
RETENTION = Setting(
    "EQUITY_STORE_RETENTION_DAYS",
    "365",
    "Days without use after which data sets and scenarios are removed; 0 keeps them for ever",
    0,
)
DATASET_MB = Setting("EQUITY_STORE_DATASET_MB", "64", "Largest data set, packed, in MB", 1)
TOTAL_MB = Setting("EQUITY_STORE_TOTAL_MB", "2048", "All data sets together, packed, in MB", 1)
SCENARIOS = Setting("EQUITY_STORE_SCENARIOS", "100000", "Most saved scenarios", 1)

SETTINGS = (DATABASE_URL, FILE, RETENTION, DATASET_MB, TOTAL_MB, SCENARIOS)


@dataclass(frozen=True)
class StoreSettings:
    """Where the store is (`database_url`, or the SQLite `file` where that is empty) and how much
    it may hold; sizes in MB (2**20 bytes)."""

    database_url: str
    file: Path
    retention_days: int
    dataset_mb: int
    total_mb: int
    scenarios: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> StoreSettings:
        """The settings of `environment`; raises StoreError naming one that cannot be used."""
        return cls(
            database_url=_text(DATABASE_URL, environment),
            file=kept() / _text(FILE, environment),
            retention_days=_number(RETENTION, environment),
            dataset_mb=_number(DATASET_MB, environment),
            total_mb=_number(TOTAL_MB, environment),
            scenarios=_number(SCENARIOS, environment),
        )


def _text(setting: Setting, environment: Mapping[str, str]) -> str:
    return environment.get(setting.name, "").strip() or setting.default


def _number(setting: Setting, environment: Mapping[str, str]) -> int:
    text = _text(setting, environment)
    assert setting.lowest is not None
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else -1
    if not setting.lowest <= number <= setting.highest:
        raise StoreError(
            f"{setting.name} is {shown(text)}, but must be a whole number from {setting.lowest} to "
            f"{setting.highest:,}. Correct the environment variable; the default is "
            f"{setting.default}."
        )
    return number
