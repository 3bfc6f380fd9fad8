"""Several scenarios side by side as tables: one for machines, two for a spreadsheet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from equity_core.export.origin import LINEUP
from equity_core.export.readme import CHECK, DATES
from equity_core.export.tables import ANY, Column, Table
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.lineup import Named, to_text
from equity_core.scenario.link import fingerprint
from equity_core.text.beside import columns as beside
from equity_core.text.beside.apart import apart_sentences
from equity_core.text.beside.rows import Cell, Row, footprints_of, rows_of
from equity_core.text.caveats import short_caveat
from equity_core.text.numbers import joined, unit_text
from equity_core.text.opening.alone import quotable
from equity_core.text.scenario import Lines, period, sources
from equity_core.version import __version__

JOIN = "+"
"""Between the data sets of one table, and between their versions."""

Datasets = Mapping[str, Dataset]
"""Those of all columns by name; without those that are not known here."""


def origin_of(columns: Sequence[beside.Column], datasets: Datasets) -> dict[str, str]:
    """What every row and file states: all scenarios with their names, and one fingerprint."""
    entries = [Named(it.name, it.query) for it in columns]
    versions = {name: data.version for name, data in datasets.items()}
    return {
        "fingerprint": table_fingerprint(columns, versions),
        "dataset": JOIN.join(versions),
        "data_version": JOIN.join(versions.values()),
        "product_version": __version__,
        "scenario": entries[0].query,
        LINEUP: to_text(entries),
    }


def table_fingerprint(
    columns: Sequence[beside.Column],
    versions: Mapping[str, str],
    product_version: str = __version__,
) -> str:
    """12 hex digits that stand for the names, the scenarios, the data and the product.

    A scenario of data that are not known, or that cannot be read, counts by its link.
    """
    parts = [
        [
            it.name,
            it.query
            if it.scenario is None or it.scenario.dataset not in versions
            else fingerprint(it.scenario, versions[it.scenario.dataset], product_version),
        ]
        for it in columns
    ]
    canonical = json.dumps(parts, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


MEASURE_TITLES = {
    "column": "Column",
    "name": "Name",
    "about": "About",
    "measure": "Measure",
    "unit": "Unit",
    "against": "Against",
    "value": "Value",
    "words": "Who, or why not",
    "change_pct": "Difference from the first scenario (%)",
    "plan": "Fingerprint of the plan",
    "link": "Link",
}


def measures_export(columns: Sequence[beside.Column], datasets: Datasets) -> Table:
    """One row a scenario and measure: value, unit, against what, and who bears it. For machines."""
    frame = pd.DataFrame(_measures(columns), columns=list(MEASURE_TITLES))
    kinds = {"value": "number", "change_pct": "number"}
    return Table(
        "scenarios",
        "Scenarios",
        "One row a scenario and measure; the unit stands in `unit`, what a change is against in "
        "`against`.",
        tuple(
            Column(name, kinds.get(name, "string"), "%" if name == "change_pct" else "", title)
            for name, title in MEASURE_TITLES.items()
        ),
        ("column", "about", "measure"),
        frame.astype(dict.fromkeys(kinds, float)),
        origin_of(columns, datasets),
    )


def _measures(columns: Sequence[beside.Column]) -> Iterator[tuple[object, ...]]:
    rows = rows_of(columns)
    for place, column in enumerate(columns):
        known = column.letter, column.name
        plan = "" if column.plan is None else column.plan.fingerprint
        if column.plan is None:
            why = ("", "No plan", "", "", None, column.problem, None)
            yield (*known, *why, plan, column.query)
            continue
        for row in rows:
            cell = row.cells[place]
            if cell != Cell():
                named = row.about, row.measure, unit_text(row.unit), row.against
                yield (*known, *named, cell.value, cell.words, cell.moved, plan, column.query)


def sheet_export(columns: Sequence[beside.Column], datasets: Datasets) -> Table:
    """One row a measure, one column a scenario. For spreadsheets."""
    heads = {"about": "About", "measure": "Measure", "unit": "Unit", "against": "Against"}
    titles = heads | {it.letter: it.title for it in columns}
    first = beside.first_letter(columns)
    lines = [line for row in rows_of(columns) for line in _lines(row, first)]
    problems = tuple(it.problem for it in columns)
    if any(problems):
        lines.insert(0, ("", "No plan", "", "", *problems))
    return Table(
        "side_by_side",
        "Side by side",
        "One row a measure, one column a scenario.",
        tuple(
            Column(name, "string" if name in heads else ANY, "", title)
            for name, title in titles.items()
        ),
        ("about", "measure"),
        pd.DataFrame(lines, columns=list(titles)),
        origin_of(columns, datasets),
    )


def _lines(row: Row, first: str) -> Iterator[tuple[object, ...]]:
    """A row, who bears it, and its differences from the first scenario."""
    values = tuple(float("nan") if cell.value is None else cell.value for cell in row.cells)
    yield row.about, row.measure, unit_text(row.unit), row.against, *values
    if any(cell.words for cell in row.cells):
        words = tuple(cell.words for cell in row.cells)
        yield row.about, f"{row.measure}: who", "", row.against, *words
    if any(cell.moved is not None for cell in row.cells):
        moved = (float("nan") if cell.moved is None else cell.moved for cell in row.cells)
        yield row.about, f"{row.measure}, difference", "%", first, *moved


SCENARIO_TITLES = {
    "column": "Column",
    "name": "Name",
    "does": "What it does",
    "dataset": "Data set",
    "period": "Period",
    "baseline": "Its own baseline",
    "fingerprint": "Fingerprint",
    "baseline_fingerprint": "Fingerprint of the baseline",
    "link": "Link (after the page's address)",
}


def scenarios_export(columns: Sequence[beside.Column], datasets: Datasets) -> Table:
    """One row a scenario: what it does, on which data, against what, and its link."""
    return Table(
        "lineup",
        "Scenarios",
        "One row a scenario: its link opens it, its fingerprint tells whether it is the same.",
        tuple(Column(name, "string", "", title) for name, title in SCENARIO_TITLES.items()),
        ("column",),
        pd.DataFrame(map(_scenario, columns), columns=list(SCENARIO_TITLES)),
        origin_of(columns, datasets),
    )


def _scenario(column: beside.Column) -> tuple[str, ...]:
    link, comparison = f"?{column.query}", column.comparison
    if comparison is None:
        dataset = "" if column.scenario is None else column.scenario.dataset
        return (column.letter, column.name, column.problem, dataset, *[""] * 4, link)
    before, after = comparison.before, comparison.after
    return (
        column.letter,
        column.name,
        quotable(comparison),
        f"{after.dataset_id}, version {after.data_version}",
        period(after),
        beside.baseline_words(after.scenario),
        after.fingerprint,
        before.fingerprint,
        link,
    )


def about_lines(columns: Sequence[beside.Column], datasets: Datasets) -> Lines:
    """What the tables are about: scenarios, what cannot be compared, figures and their limits."""
    origin, plans = origin_of(columns, datasets), beside.solved(columns)
    footprints = [f"{it.label.lower()} in {unit_text(it.unit)}" for it in footprints_of(columns)]
    shown = {it.after.dataset_id: it.after for _, it in plans}
    return [
        ("Scenarios", f"{len(columns)} side by side; simulated, a model's answer, not a forecast"),
        *[(it.title, quotable(comparison)) for it, comparison in plans],
        *[(it.title, it.problem) for it in columns if it.problem],
        *[("Not to be compared", sentence) for sentence in apart_sentences(columns)],
        ("Against", AGAINST),
        ("Units", joined(["cost in USD", *footprints])),
        *[("Fleet", short_caveat(plan, datasets[name])) for name, plan in shown.items()],
        ("Fingerprint", origin["fingerprint"]),
        ("Product", f"Equity Explorer {origin['product_version']}"),
        *[
            ("Data", f"{data.title} ({name}), version {data.version}")
            for name, data in datasets.items()
        ],
        *[("Source", words) for data in datasets.values() for words in sources(data)],
        *[("Licence of the figures", data.licence) for data in datasets.values()],
        *[("Attribution", data.attribution) for data in datasets.values()],
        ("Check it", CHECK),
        ("Dates", DATES),
    ]


AGAINST = (
    "Changes are against each scenario's own baseline, which the sheet Scenarios names; "
    "differences are against the first scenario that has a plan, where both are about the same "
    "regions and hours."
)
