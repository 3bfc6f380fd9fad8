"""Source cards of brought figures: what their table of sources says, and what the reader did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

import numpy as np

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Quality, SourceCard
from equity_core.inputs.latency import LEAST_MS, MS_PER_KM, OWN_SITE_MS
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload import template
from equity_core.inputs.upload.columns.headings import Table
from equity_core.inputs.upload.columns.schema import SOURCE_COLUMNS, column_key

NOT_STATED = "not stated"
LONGEST_NOTE = 500
QUALITIES: tuple[Quality, ...] = get_args(Quality)
DISTANCE_LAW = (
    f"A gateway at its own site {OWN_SITE_MS:g} ms, elsewhere {LEAST_MS:g} ms and {MS_PER_KM:g} ms "
    "a kilometre of great circle: "
    "a line fitted to Microsoft's Azure latency matrix (mean error 22 to 28 ms)."
)
MADE_HERE = (
    SourceCard(
        "reach_partial",
        "0 or 1",
        "Computed from the estimated latency",
        NOT_STATED,
        "none needed",
        "assumed",
        "A site may serve a gateway where the estimated round trip is at most 100 ms.",
    ),
    SourceCard(
        "rtt_ms",
        "ms, median round trip",
        "Estimated from the distance between sites",
        NOT_STATED,
        "none needed",
        "estimated",
        DISTANCE_LAW,
    ),
)


def card(column: str, unit: str, source: str, period: str, notes: Sequence[str]) -> SourceCard:
    """A card for a column of which nothing but `source` is stated."""
    note = " ".join(notes) or "None."
    return SourceCard(column, unit, source or NOT_STATED, period, NOT_STATED, "unstated", note)


def with_statements(
    cards: Sequence[SourceCard],
    tables: Sequence[Table],
    figures: Mapping[str, Floats],
    findings: Findings,
) -> tuple[SourceCard, ...]:
    """The cards with what the tables of sources state about their columns.

    What the template states of its own figures does not stick to others: `figures` are [N, T] or
    [N] by column.
    """
    stated: dict[str, dict[str, str]] = {}
    for table in (table for table in tables if "column" in table.words):
        for at in range(len(table.sheet.cells)):
            row = {
                name: str(table.sheet.cells[heading].iloc[at]).strip()
                for name, heading in table.words.items()
                if name in SOURCE_COLUMNS
            }
            column = _column_of(row["column"], [card.column for card in cards])
            # A column that could not be read has been noted already.
            known = column in [card.column for card in cards] or bool(findings)
            _check(table, at, row, known, findings)
            if column in stated:
                findings.add(_stated_twice(table, at, row["column"]))
            words = {name: text for name, text in row.items() if text}
            stated[column] = _own_words(words, column, figures, findings)
    return tuple(_with(card, stated.get(card.column, {})) for card in cards)


def _own_words(
    words: dict[str, str], column: str, figures: Mapping[str, Floats], findings: Findings
) -> dict[str, str]:
    """What a row states, without the template's words where the figures are not the template's."""
    made_up = dict(zip(SOURCE_COLUMNS[1:], template.SOURCE, strict=True))
    untouched = {"source", "note"} & {
        name for name, text in made_up.items() if words.get(name) == text
    }
    original = template.template_figures().get(column, np.empty(0))
    if not untouched or column not in figures or np.array_equal(original, figures[column]):
        return words
    findings.note(
        f"{column}: what the template says of its own figures was left out, since these are "
        "others. Write their source into the table of sources."
    )
    return {name: text for name, text in words.items() if made_up.get(name) != text}


def _column_of(text: str, columns: Sequence[str]) -> str:
    """The card's column that `text` means: the same quantity, in whatever unit it was written."""
    key = column_key(text)
    if key in columns:
        return key
    return next((column for column in columns if column.split("_")[0] == key.split("_")[0]), key)


def _stated_twice(table: Table, at: int, column: str) -> Problem:
    fault = f"the source of {shown(column)} is stated in a row before"
    return Problem(
        table.sheet.file, "Remove one.", int(table.sheet.rows[at]), "column", fault=fault
    )


def _check(table: Table, at: int, row: Mapping[str, str], known: bool, findings: Findings) -> None:
    """Note what is wrong with one row; `known` says whether its column is one of the cards'."""

    def note(column: str, fix: str, fault: str = "", allowed: str = "") -> None:
        place = int(table.sheet.rows[at])
        value = shown(row[column])
        findings.add(Problem(table.sheet.file, fix, place, column, value, fault, allowed))

    if not known:
        fault = f"there is no column {shown(row['column'])}"
        note("column", "Name a column of the other tables.", fault)
    if row.get("quality") and row["quality"] not in QUALITIES:
        note("quality", "Correct the word.", allowed=f"one of {', '.join(QUALITIES)}")
    for name, text in row.items():
        if len(text) > LONGEST_NOTE or not text.isprintable():
            allowed = f"plain text of at most {LONGEST_NOTE} characters"
            note(name, "Shorten it and leave out line breaks.", allowed=allowed)


def _with(card: SourceCard, stated: Mapping[str, str]) -> SourceCard:
    words = {name: text for name, text in stated.items() if name != "column"}
    if "note" in words and card.note != "None.":
        words["note"] = f"{words['note']} {card.note}"
    return replace(card, **words)  # type: ignore[arg-type]  # quality was checked
