"""What a publisher's export says: intervals, zones and figures, not yet by hours and sites."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats, Integers, Positions
from equity_core.inputs.problems import Findings, Problem, refused
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.formats.sheets import Sheet, as_text, numbers
from equity_core.inputs.upload.options import UploadAnswers

MOST_KINDS = 60  # of generation or figures in one table
LARGEST = 1e12
"""Far above any price, load or intensity; sums and products of what is larger would overflow."""

NOTHING = ("", "-", "n/e", "n/a", "na", "nan", "null", "none", "<na>")


@dataclass(frozen=True, eq=False)
class Export:
    """Rows of an export as its publisher means them.

    start    when each row's interval begins, in UTC
    minutes  how long it is
    zone     the row's zone as written, or None where the file names none
    figures  columns as the schema names them, such as price_eur_per_mwh
    fuels    generation by fuel of the footprint models
    notes    what was done, by column, or by "" for all: sentences without a full stop
    """

    sheet: Sheet
    start: pd.DatetimeIndex
    minutes: Integers
    zone: pd.Series | None
    figures: Mapping[str, Floats]
    fuels: Mapping[str, Floats] = field(default_factory=lambda: MappingProxyType({}))
    notes: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Format:
    """A kind of export.

    name      publisher and table, as it stands in sentences and source cards
    headings  patterns of headings as `heading_key` writes them, each of which must be there
    shown     the headings as they are written, for docs/DATA.md
    gives     what it holds, in words
    read      makes an Export of a sheet; faults are noted
    """

    name: str
    headings: tuple[str, ...]
    shown: str
    gives: str
    read: Callable[[Columns, UploadAnswers, Findings], Export]

    def fits(self, sheet: Sheet) -> bool:
        """Whether the sheet's headings are those of this export."""
        keys = [heading_key(str(heading)) for heading in sheet.cells.columns]
        return all(any(re.fullmatch(p, key) for key in keys) for p in self.headings)


def categories(codes: Positions, names: Sequence[str]) -> pd.Categorical:
    """The names at `codes`."""
    made: pd.Categorical = pd.Categorical.from_codes(codes, pd.Index(list(names), dtype="str"))
    return made


def heading_key(heading: str) -> str:
    """A heading without what differs between a publisher's old and new exports."""
    text = heading.strip().lower().replace("₂", "2").replace("[", "(").replace("]", ")")
    return re.sub(r"\s+", " ", text)


class Columns:
    """The columns of a sheet, found by what their headings look like."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._headings = {heading_key(str(name)): str(name) for name in sheet.cells.columns}

    def matching(self, pattern: str) -> dict[str, re.Match[str]]:
        """Headings as written, with their matches, whose keys match the whole pattern."""
        found = ((name, re.fullmatch(pattern, key)) for key, name in self._headings.items())
        return {name: match for name, match in found if match}

    def first(self, *patterns: str) -> str | None:
        """The heading that matches the first pattern that any does, or None."""
        return next((name for p in patterns for name in self.matching(p)), None)

    def heading(self, *patterns: str) -> str:
        """The heading of a column that the format's headings say is there."""
        heading = self.first(*patterns)
        assert heading is not None, patterns
        return heading

    def of(self, cells: pd.DataFrame) -> Columns:
        """Other cells in the same rows."""
        return Columns(Sheet(self.sheet.file, self.sheet.stem, cells, self.sheet.rows))

    def cells(self, heading: str) -> pd.Series:
        """The cells below a heading, categories written out."""
        return as_text(self.sheet.cells[heading])

    def text(self, heading: str) -> pd.Series:
        """The cells as text without blanks around, as categories."""
        codes, labels = pd.factorize(self.sheet.cells[heading], use_na_sentinel=False)
        words = ["" if pd.isna(label) else str(label).strip() for label in labels]
        place, unique = pd.factorize(np.array(words, dtype=object))
        return pd.Series(categories(place[codes], [str(word) for word in unique]))

    def zone(self, *patterns: str) -> pd.Series | None:
        """The column of zones: one of the publisher's, or one called zone that was added."""
        heading = self.first(*patterns, "zone")
        return None if heading is None else self.text(heading)

    def rows(self, kept: Flags) -> Columns:
        """The same columns, with some of the rows."""
        cells = self.sheet.cells[kept].reset_index(drop=True)
        return Columns(Sheet(self.sheet.file, self.sheet.stem, cells, self.sheet.rows[kept]))

    def spread(self, keys: Sequence[str], kind: str, value: str, findings: Findings) -> Columns:
        """A table with a row for each kind as one with a column for each kind.

        `keys` are the headings that name an interval and a zone; a pair that stands twice is noted.
        """
        cells = self.sheet.cells
        row = cells.groupby(list(keys), sort=False, dropna=False, observed=True).ngroup().to_numpy()
        _, first = np.unique(row, return_index=True)
        wide = cells.iloc[first][list(keys)].reset_index(drop=True)
        kinds, values = self.text(kind), self.numbers(value, findings)
        if len(kinds.cat.categories) > MOST_KINDS:
            raise refused(
                self.sheet.file,
                f"the column {shown(kind)} has {len(kinds.cat.categories):,} different values; "
                f"{MOST_KINDS} are allowed",
                "Export the kinds of generation, not every station.",
            )
        pairs = pd.DataFrame({"row": row, "kind": kinds.cat.codes.to_numpy()})
        again = np.flatnonzero(pairs.duplicated().to_numpy())
        findings.each(again, lambda at: self._stands_twice(at, str(kinds.iloc[at])))
        for code, name in enumerate(kinds.cat.categories):
            chosen = kinds.cat.codes.to_numpy() == code
            wide[name] = np.nan
            wide.loc[row[chosen], name] = values[chosen]
        return Columns(Sheet(self.sheet.file, self.sheet.stem, wide, self.sheet.rows[first]))

    def _stands_twice(self, row: int, kind: str) -> Problem:
        return Problem(
            self.sheet.file,
            "Remove one of the two.",
            row=int(self.sheet.rows[row]),
            fault=f"{shown(kind)} stands twice for one time and zone",
        )

    def numbers(self, heading: str, findings: Findings) -> Floats:
        """The cells as numbers, NaN where a publisher writes that there is none.

        Commas between thousands are left out; any other text, and what is beyond LARGEST, is noted.
        """
        cells = self.cells(heading)
        values = numbers(cells).copy()
        odd = np.flatnonzero(np.isnan(values))
        if odd.size and not pd.api.types.is_numeric_dtype(cells):
            text = cells.iloc[odd].astype("str").str.strip()
            grouped = text.str.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
            values[odd] = numbers(text.where(grouped, "").str.replace(",", ""))
            silent = text.str.lower().isin(NOTHING).to_numpy()
            wrong = odd[np.isnan(values[odd]) & ~silent]
            findings.each(wrong, lambda row: self._no_number(heading, row))
        vast = np.abs(values) > LARGEST
        findings.each(np.flatnonzero(vast), lambda row: self._no_number(heading, row))
        return np.where(vast, np.nan, values)

    def _no_number(self, heading: str, row: int) -> Problem:
        return Problem(
            self.sheet.file,
            "Write a plain number with a decimal point, or leave the cell empty.",
            row=int(self.sheet.rows[row]),
            column=shown(heading),
            value=shown(self.cells(heading).iloc[row]),
            allowed=f"a number from {-LARGEST:g} to {LARGEST:g}",
        )
