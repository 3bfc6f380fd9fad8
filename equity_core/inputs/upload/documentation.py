"""The schema as tables: docs/DATA.md holds them word for word, the Data page shows them."""

from __future__ import annotations

from equity_core.inputs.upload.columns.schema import (
    CAPACITY,
    HOURLY,
    SITE_COLUMNS,
    SOURCE_COLUMNS,
    Field,
)
from equity_core.inputs.upload.recognised import FORMATS
from equity_core.inputs.upload.source_cards import QUALITIES

Rows = list[tuple[str, ...]]


def schema_tables() -> dict[str, Rows]:
    """Tables by name, the first row of each being its header."""
    return {
        "sites": [
            ("column", "meaning", "allowed", "needed"),
            *((c.name, c.meaning, c.allowed, _yes(c.required)) for c in SITE_COLUMNS),
            (CAPACITY.column, CAPACITY.meaning, CAPACITY.range_in(CAPACITY.units[0]), "yes"),
        ],
        "hourly": [
            ("column", "meaning", "allowed", "needed"),
            ("hour or hour_utc", "Start of the hour", "2023-01-31T13:00Z; see below", "yes"),
            ("site", "The site's short name", "a site of the table of sites", "yes"),
            *((f.column, f.meaning, f.range_in(f.units[0]), "yes") for f in HOURLY),
            (
                "NAME_UNIT_per_mwh",
                "A further footprint, such as health_usd_per_mwh",
                "a number from 0 to 1,000,000",
                "no",
            ),
        ],
        "units": [
            ("quantity", "columns that are understood", "multiplied with"),
            *(row for field in (*HOURLY, CAPACITY) for row in _units(field)),
        ],
        "sources": [
            ("column", "meaning"),
            *zip(SOURCE_COLUMNS, _SOURCE_MEANINGS, strict=True),
        ],
        "exports": [
            ("export", "recognised by", "gives"),
            *((form.name, form.shown, form.gives) for form in FORMATS),
        ],
    }


_SOURCE_MEANINGS = (
    "Name of a column of the other tables",
    "Who made the figures",
    "When, or for which period",
    "Under which licence they may be used",
    f"One of {', '.join(QUALITIES)}",
    "What a reader should know",
)


def _yes(needed: bool) -> str:
    return "yes" if needed else "no"


def _units(field: Field) -> Rows:
    return [
        (field.name, f"{field.name}_{unit.name} ({unit.text})", f"{unit.factor:.10g}")
        for unit in field.units
    ]
