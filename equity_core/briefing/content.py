"""The briefing: two pages for readers without the program, as one record of words and drawings.

`briefing_html` and `briefing_pdf` set the same record; neither adds a word of its own but headings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO

import pandas as pd
import segno

from equity_core.export.people import people_sentences
from equity_core.figures.before_after import before_after_svg
from equity_core.figures.frontier import frontier_svg
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.percent import change_pct
from equity_core.outcome.provenance import provenance
from equity_core.scenario.link import to_query
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.scenario import Scenario
from equity_core.text.caveats import fleet_words, short_caveat
from equity_core.text.certificate import certificate_sentence, limiting_sentences
from equity_core.text.headings import records
from equity_core.text.narrative import frontier_summary, map_summary, milestones_sentence
from equity_core.text.numbers import NO_CHANGE, amount, change, in_digits, joined, percent_change
from equity_core.text.opening.headline import headline_clauses, headline_sentences
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import Quantity, footprint_quantity
from equity_core.text.scenario import Lines, asked, origin_lines, period
from equity_core.text.unmovable import staying_sentences

MOST_REGIONS, MOST_FOOTPRINTS = 16, 2
USUAL_LICENCE = 250
LETTERS_ASKED, LETTERS_OF_CAVEATS, LETTERS_OF_SOURCES, LETTERS_OF_LIMITS = 420, 1300, 900, 900
LONGEST_LINK_SHOWN, LONGEST_LINK_CODED = 300, 1200


@dataclass(frozen=True)
class Drawing:
    """An SVG with the words for those who cannot see it."""

    title: str
    svg: bytes
    words: str

    def caption(self) -> dict[str, str]:
        """The words alone."""
        return {"title": self.title, "words": self.words}


@dataclass(frozen=True)
class Grid:
    """A table of text: headings, rows, and a note below."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True)
class Briefing:
    """All that the two pages say and show, in reading order."""

    data: str
    headline: str
    beside: str
    caveat: str
    fleet: str
    asked: Lines
    figures: Grid
    maps: tuple[Drawing, ...]
    regions: Grid
    frontier: Drawing | None
    milestones: str
    people: tuple[str, ...]
    limits: tuple[str, ...]
    caveats: tuple[str, ...]
    method: tuple[str, ...]
    sources: tuple[str, ...]
    licence: str
    link: str
    code: bytes
    command: str
    origin: Lines
    keywords: tuple[str, ...]

    def words(self) -> str:
        """The record as JSON; of drawings the words alone."""
        drawings = {
            "maps": [drawing.caption() for drawing in self.maps],
            "frontier": self.frontier.caption() if self.frontier else None,
            "code": bool(self.code),
        }
        return json.dumps(asdict(self) | drawings, ensure_ascii=False)


def briefing_of(
    comparison: Comparison,
    dataset: Dataset,
    frontier: pd.DataFrame | None,
    passed: Milestones | None,
    address: str,
) -> Briefing:
    """The briefing of a comparison; `address` is where its link leads, up to the query.

    `frontier` and what is `passed` on it are None where nothing is weighed.
    """
    after = comparison.after
    link = f"{address.rstrip('?')}?{to_query(after.scenario)}&fingerprint={after.fingerprint}"
    shown = [footprint_quantity(item) for item in after.footprints[:MOST_FOOTPRINTS]]
    origin = provenance(after) | {"address": address}
    deed, *clauses = headline_clauses(comparison)
    first, beside = f"{deed};", [f"{'; '.join(clauses)}.", *headline_sentences(comparison)[1:]]
    beside += staying_sentences(after, dataset)
    people = people_sentences(comparison, dataset)
    return Briefing(
        data=f"{dataset.title}: {period(after)}",
        headline=first,
        beside=" ".join(beside),
        caveat=short_caveat(after, dataset),
        fleet=fleet_words(after),
        asked=_asked(comparison),
        figures=_figures(comparison),
        maps=tuple(_map(comparison, dataset, quantity) for quantity in shown),
        regions=_regions(comparison, shown),
        frontier=None if frontier is None else _curve(frontier, comparison, dataset),
        milestones="" if passed is None else milestones_sentence(passed, after),
        people=people,
        limits=_within(limiting_sentences(after), LETTERS_OF_LIMITS),
        caveats=_within(dataset.weaknesses, _left_by(dataset.terms, *people)),
        method=(*_method(after.scenario), certificate_sentence(after)),
        sources=_within(_sources(dataset), LETTERS_OF_SOURCES),
        licence=dataset.terms,
        link=link if len(link) <= LONGEST_LINK_SHOWN else f"{link[:LONGEST_LINK_SHOWN]}...",
        code=_code(link),
        command="python -m equity_core verify FILE",
        origin=origin_lines(comparison)[:-1],
        keywords=tuple(f"{name} {value}" for name, value in origin.items()),
    )


def _left_by(licence: str, *people: str) -> int:
    """Letters that caveats may have beside long credits and what is counted in people."""
    return LETTERS_OF_CAVEATS - sum(map(len, people)) - max(0, len(licence) - USUAL_LICENCE)


def _within(texts: Sequence[str], letters: int) -> tuple[str, ...]:
    """As many of the texts as fit; what is left out is counted."""
    kept, room = [], letters
    for text in texts:
        room -= len(text)
        if room < 0:
            break
        kept.append(text)
    left = len(texts) - len(kept)
    return (*kept, f"{left} more on the page Method.") if left else tuple(kept)


def _asked(comparison: Comparison) -> Lines:
    """What was asked, as far as it fits."""
    lines = asked(comparison.after.scenario, comparison.after)
    kept = _within([f"{label}{text}" for label, text in lines], LETTERS_ASKED)
    if len(kept) == len(lines) and "more on the page" not in kept[-1]:
        return lines
    left = len(lines) - (len(kept) - 1)
    return [*lines[: len(kept) - 1], ("Further", f"{left} more changes; the link has them all")]


def _figures(comparison: Comparison) -> Grid:
    """Cost, then worst region and total of each footprint, before and after."""
    before, after = comparison.before, comparison.after
    rows = [_figure("Electricity cost", before.cost_usd, after.cost_usd, "usd")]
    for item in after.footprints[:MOST_FOOTPRINTS]:
        column, unit = item.column, item.unit
        worst = f"{item.label}, worst region"
        rows.append(_figure(worst, before.worst(column), after.worst(column), unit))
        total = f"{item.label}, all regions"
        rows.append(_figure(total, before.total(column), after.total(column), unit))
    worse = f"{comparison.regions_worse} of {len(comparison.regions)}"
    rows.append(("Regions worse off", "", worse, ""))
    return Grid(
        ("", "Before", "After", "Change"), tuple(rows), f"Before: {baseline_name(comparison)}."
    )


def _figure(label: str, before: float, after: float, unit: str) -> tuple[str, str, str, str]:
    moved = percent_change(change_pct(before, after)) if before else ""
    return label, amount(before, unit), amount(after, unit), moved


def _map(comparison: Comparison, dataset: Dataset, quantity: Quantity) -> Drawing:
    svg = before_after_svg(comparison, dataset, quantity)
    return Drawing(quantity.label, svg, map_summary(comparison, quantity.column, "change"))


def _regions(comparison: Comparison, shown: list[Quantity]) -> Grid:
    """Who loses and who gains, largest rise of the first footprint first."""
    table = comparison.table.iloc[comparison.largest_rise_first(shown[0].column)]
    half = MOST_REGIONS // 2
    left = max(0, len(table) - MOST_REGIONS)
    kept = pd.concat([table.head(half), table.tail(half)]) if left else table
    headings = [f"{row.label}, {part}" for row in shown for part in ("before", "after", "change")]
    rows = [_region(comparison, site, row, shown) for site, row in kept.iterrows()]
    note = f"{left} further regions lie between; regions.csv has them all." if left else ""
    return Grid(("Region", *headings, "Worse off"), tuple(rows), note)


def _region(
    comparison: Comparison, site: object, row: pd.Series, shown: list[Quantity]
) -> tuple[str, ...]:
    cells = [comparison.after.site_names[str(site)]]
    for quantity in shown:
        before, after, moved = (
            float(row[f"{quantity.column}_{part}"]) for part in ("before", "after", "change")
        )
        cells += [in_digits(before, quantity.unit), in_digits(after, quantity.unit)]
        cells.append(_moved(moved, quantity.unit))
    return (*cells, "new" if row["new"] else "yes" if row["worse"] else "no")


def _moved(value: float, unit: str) -> str:
    """`change` in digits, for a column."""
    if change(value, unit) == NO_CHANGE:
        return NO_CHANGE
    return ("+" if value > 0 else "") + in_digits(value, unit)


def _curve(frontier: pd.DataFrame, comparison: Comparison, dataset: Dataset) -> Drawing:
    words = frontier_summary(records(frontier), comparison.after)
    return Drawing("Cost against fairness", frontier_svg(frontier, comparison, dataset), words)


def _method(scenario: Scenario) -> tuple[str, ...]:
    policy = BY_NAME["policy"].explanations[scenario.policy]
    weights = "A fairness weight is a weight, not a price." if scenario.policy == "equity" else ""
    return (
        "All demand that arises at the gateways is served, hour by hour, within each site's "
        f"capacity and reach. Policy: {policy} {weights}".strip(),
        "The plan is found by linear optimisation together with a bound that no plan can beat.",
    )


def _sources(dataset: Dataset) -> list[str]:
    """The sources of prices, footprints and demand; each once."""
    columns = ("price", "demand", *(item.column for item in dataset.footprints))
    dates: dict[str, list[str]] = {}
    for card in dataset.cards_of(*columns):
        dates.setdefault(card.source, []).append(f"{card.date} ({card.quality})")
    told = [f"{source}, {joined(list(dict.fromkeys(when)))}" for source, when in dates.items()]
    return told or [dataset.attribution]


def _code(link: str) -> bytes:
    """The link as a QR code in SVG; nothing where it is too long to be scanned from paper."""
    if len(link) > LONGEST_LINK_CODED:
        return b""
    buffer = BytesIO()
    segno.make(link, error="l", micro=False).save(buffer, kind="svg", border=1, xmldecl=False)
    return buffer.getvalue()
