"""The rows of a table of scenarios: a measure each, with its unit and what it is against."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.digits import gap_bound, settled
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import change_pct
from equity_core.text.beside.columns import Column, against_first, first_letter, solved
from equity_core.text.opening.who import carrying_most, largest_increase, named

OWN = "its own baseline"


@dataclass(frozen=True)
class Cell:
    """A figure of one scenario: `value` in the row's unit, None where it has none; `words` name who
    bears it; `moved` is the difference from the first scenario, percent, where it has a meaning."""

    value: float | None = None
    words: str = ""
    moved: float | None = None


@dataclass(frozen=True)
class Row:
    """A measure with a cell for each column.

    `about` heads the group it belongs to ("Water"), `unit` is a code of the data ("m3"), "%",
    "ratio" or "regions"; `against` says what a change is measured against, or "".
    """

    about: str
    measure: str
    unit: str
    against: str
    cells: tuple[Cell, ...]


Figure = Callable[[Comparison], float | None]


def rows_of(columns: Sequence[Column]) -> tuple[Row, ...]:
    """All rows of the table; a column without a plan has empty cells."""
    table = _Table(tuple(columns), against_first(columns))
    return (*table.cost(), *table.burdens(), *table.regions(), table.proof())


def footprints_of(columns: Sequence[Column]) -> tuple[Footprint, ...]:
    """The footprints that any of the plans has, each once, in their order."""
    known = {item.column: item for _, plan in solved(columns) for item in plan.after.footprints}
    return tuple(known.values())


@dataclass(frozen=True)
class _Table:
    columns: tuple[Column, ...]
    moved: dict[str, Comparison]
    """By letter, against the first plan."""

    @property
    def first(self) -> str:
        """The letter of the column that others are set beside."""
        return first_letter(self.columns)

    def cost(self) -> Iterator[Row]:
        yield self._amount("Cost", "Electricity cost", "usd", lambda plan: plan.cost_usd)
        yield self._change("Cost", "Change of electricity cost", lambda it: it.cost_change_pct)

    def burdens(self) -> Iterator[Row]:
        """Of each footprint: all regions, the worst one and who that is, and how even it is."""
        for item in footprints_of(self.columns):
            yield from self._burden(item)

    def _burden(self, item: Footprint) -> Iterator[Row]:
        about, column = item.label, item.column
        yield self._amount(about, "All regions", item.unit, _of(item, Outcome.total))
        yield self._change(
            about,
            "Change, all regions",
            lambda it: it.total_change_pct(column) if _has(it, item) else None,
        )
        yield self._amount(
            about,
            "Worst region",
            item.unit,
            _of(item, Outcome.worst),
            lambda it: named(carrying_most(it.after, column)) if _has(it, item) else "",
        )
        yield self._change(
            about,
            "Change, worst region",
            lambda it: it.worst_change_pct(column) if _has(it, item) else None,
        )
        yield self._amount(about, "Peak-to-average ratio", "ratio", _of(item, Outcome.par))

    def regions(self) -> Iterator[Row]:
        """How many carry more, than under the own baseline and than under the first plan."""
        yield self._row(
            "Regions", "Carry more", "regions", OWN, lambda it: it.regions_worse, _losers
        )
        cells = tuple(
            Cell(float(self.moved[it.letter].regions_worse), _losers(self.moved[it.letter]))
            if it.letter in self.moved
            else Cell()
            for it in self.columns
        )
        if self.moved:
            yield Row(
                "Regions", f"Carry more than under {self.first}", "regions", self.first, cells
            )

    def proof(self) -> Row:
        """How far from the best possible each plan can be."""
        gap: Figure = lambda it: 100 * gap_bound(it.after.gap)  # noqa: E731
        return self._row("Proof", "No plan is better by more than", "%", "", gap)

    def _amount(
        self,
        about: str,
        measure: str,
        unit: str,
        figure: Callable[[Outcome], float | None],
        words: Callable[[Comparison], str] = lambda _: "",
    ) -> Row:
        """A figure of each plan, with its difference from the first one."""

        def cell(column: Column) -> Cell:
            if column.comparison is None or (value := figure(column.comparison.after)) is None:
                return Cell()
            return Cell(
                float(settled(value)), words(column.comparison), self._moved(column, figure)
            )

        return Row(about, measure, unit, "", tuple(map(cell, self.columns)))

    def _moved(self, column: Column, figure: Callable[[Outcome], float | None]) -> float | None:
        change = self.moved.get(column.letter)
        if change is None:
            return None
        before, after = figure(change.before), figure(change.after)
        if before is None or after is None:
            return None
        return _known(change_pct(before, after))

    def _change(self, about: str, measure: str, figure: Figure) -> Row:
        return self._row(about, measure, "%", OWN, figure)

    def _row(
        self,
        about: str,
        measure: str,
        unit: str,
        against: str,
        figure: Figure,
        words: Callable[[Comparison], str] = lambda _: "",
    ) -> Row:
        cells = tuple(
            Cell()
            if column.comparison is None
            else Cell(_known(figure(column.comparison)), words(column.comparison))
            for column in self.columns
        )
        return Row(about, measure, unit, against, cells)


def _of(
    item: Footprint, figure: Callable[[Outcome, str], float]
) -> Callable[[Outcome], float | None]:
    """A figure of a footprint; None for plans that do not have it."""
    return lambda plan: figure(plan, item.column) if item.column in plan.by_column else None


def _has(comparison: Comparison, item: Footprint) -> bool:
    return item.column in comparison.after.by_column


def _known(value: float | None) -> float | None:
    """To the digits that are certified; None where it is not known."""
    return None if value is None or not math.isfinite(value) else float(settled(value))


def _losers(comparison: Comparison) -> str:
    """ "of 10: Texas and Ohio; Texas most (28% more water)"."""
    of = f"of {len(comparison.regions)}"
    if not comparison.regions_worse:
        return of
    if comparison.regions_worse == 1:
        return f"{of}: {largest_increase(comparison)}"
    names = named([comparison.after.site_names[site] for site in comparison.worse_sites])
    return f"{of}: {names}; {largest_increase(comparison)}"
