"""Several scenarios side by side, each solved from a cold start, with every file of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from importlib import import_module
from itertools import zip_longest
from typing import Any

from equity_core.answers.answer import Answer
from equity_core.errors import EquityError, shown
from equity_core.export import side_by_side as exports
from equity_core.export.csv import csv_blocks
from equity_core.export.zip import Contents
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.lineup import MOST, Named, check_room, plain_name
from equity_core.scenario.link import LOCAL_ADDRESS, from_query, to_query
from equity_core.text.beside.apart import apart_sentences
from equity_core.text.beside.columns import LETTERS, Column, column_of, solved
from equity_core.text.opening.alone import quotable

Load = Callable[[str], Dataset]
"""Finds a data set by its name; raises EquityError."""


@dataclass(frozen=True)
class SideBySide:
    """The columns with their data sets by name; `address` is where links of a briefing lead."""

    columns: tuple[Column, ...]
    datasets: Mapping[str, Dataset]
    address: str = LOCAL_ADDRESS

    @classmethod
    def to(cls, entries: Sequence[Named], load: Load, address: str = LOCAL_ADDRESS) -> SideBySide:
        """Solve each entry against its own baseline; what cannot be is told in its column.

        Raises `LinkError` for more than `MOST` entries.
        """
        check_room(entries)
        columns = tuple(
            _column(letter, entry, load)
            for letter, entry in zip(LETTERS[:MOST], entries, strict=False)
        )
        known = (it.after.dataset_id for _, it in solved(columns))
        return cls(columns, {name: load(name) for name in dict.fromkeys(known)}, address)

    def summary(self) -> str:
        """What each scenario does, what of them cannot be compared, and the fingerprint."""
        told = [
            f"{it.title}: {it.problem if it.comparison is None else quotable(it.comparison)}"
            for it in self.columns
        ]
        apart = apart_sentences(self.columns)
        lines = [*told, *(["", *apart] if apart else []), ""]
        return "\n".join([*lines, f"Fingerprint {self.origin['fingerprint']}."])

    def files(self) -> dict[str, bytes]:
        """Every file by its name."""
        return {name: self.file(name) for name in self.makers}

    def file(self, name: str) -> bytes:
        """The file called `name`, such as "scenarios.xlsx"; raises `EquityError` for others."""
        if name not in self.makers:
            raise EquityError(
                f"There is no file called {shown(name)} of a table of scenarios; "
                f"choose one of {', '.join(self.makers)}."
            )
        if not self.datasets:
            raise EquityError(
                "None of these scenarios has a plan, so there is nothing to set down."
            )
        return b"".join(self.makers[name]())

    @cached_property
    def makers(self) -> dict[str, Callable[[], Contents]]:
        """Name -> maker of every file."""
        return {
            "scenarios.csv": lambda: csv_blocks(
                exports.measures_export(self.columns, self.datasets)
            ),
            "scenarios.xlsx": self._workbook,
            **{f"scenarios.{form}": partial(self._page, form) for form in ("html", "pdf")},
        }

    @property
    def origin(self) -> dict[str, str]:
        """What every file states."""
        return exports.origin_of(self.columns, self.datasets)

    @property
    def links(self) -> tuple[str, ...]:
        """Where the links of a page lead: the table, then each scenario."""
        page = import_module("equity_core.briefing.side_by_side")
        told = page.links_of(self.columns, self.address)
        return page.table_link(self.columns, self.address), *told.values()

    @property
    def titled(self) -> dict[str, str]:
        """Title -> name of every picture: a table has none."""
        return {}

    def zip(self) -> bytes:
        """There is no package of a table; raises `EquityError`."""
        raise EquityError("A table of scenarios is no package; verify its files one by one.")

    def _workbook(self) -> Contents:
        # Not at the top: only a workbook needs its library.
        spreadsheet = import_module("equity_core.export.xlsx")
        given = self.columns, self.datasets
        tables = [exports.sheet_export(*given), exports.scenarios_export(*given)]
        return [spreadsheet.workbook(tables, exports.about_lines(*given))]

    def _page(self, form: str) -> Contents:
        make = import_module("equity_core.briefing.side_by_side")
        room: Any = import_module(f"equity_core.briefing.{form}")
        page = make.page_of(self.columns, self.datasets, self.address)
        return [getattr(room, f"side_by_side_{form}")(page)]


def entries_of(links: Sequence[str], names: Sequence[str]) -> tuple[Named, ...]:
    """Links and names in the same order as a line-up; raises `EquityError` for none, or more names
    than links, `LinkError` for a link that cannot be read."""
    if not links:
        raise EquityError("No scenario is given; give each with --link, and a --name if you like.")
    if len(names) > len(links):
        raise EquityError(
            f"There are {len(names)} names for {counted(len(links), 'link')}; give at most one "
            "--name for each --link, in the same order."
        )
    queries = (to_query(from_query(link)) for link in links)
    return tuple(Named(name, query) for name, query in zip_longest(names, queries, fillvalue=""))


def _column(letter: str, entry: Named, load: Load) -> Column:
    column = column_of(letter, replace(entry, name=plain_name(entry.name)))
    scenario = column.scenario
    if scenario is None:
        return column
    column = replace(column, query=to_query(scenario))
    try:
        return replace(column, comparison=Answer.to(scenario, load(scenario.dataset)).comparison)
    except EquityError as error:
        return replace(column, problem=str(error))
