"""The briefing: two pages for readers without the program, as one record of words and drawings.

`briefing_html` and `briefing_pdf` set the same record; neither adds a word of its own but headings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import accumulate

import pandas as pd

from equity_core.briefing import said
from equity_core.briefing.code import code_of
from equity_core.briefing.said import Grid, Number
from equity_core.export.people import people_sentences
from equity_core.figures.frontier import frontier_svg, title
from equity_core.figures.letters import lettered
from equity_core.figures.region_map import region_map_svg
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.byline import NOBODY, Byline
from equity_core.outcome.drawn import NOT_DRAWN, Drawn
from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.percent import change_pct
from equity_core.outcome.provenance import provenance
from equity_core.scenario.link import to_query
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.presets import case_of
from equity_core.scenario.scenario import Scenario
from equity_core.text.caveats import short_caveat
from equity_core.text.certificate import certificate_sentence, limiting_sentences
from equity_core.text.headings import records
from equity_core.text.load.unmovable import staying_sentences
from equity_core.text.load.waiting import waiting_sentences
from equity_core.text.narrative import frontier_summary, map_summary, milestones_sentence
from equity_core.text.nouns import region_noun
from equity_core.text.numbers import amount, joined, rounded_change
from equity_core.text.opening.alone import against, alone
from equity_core.text.opening.headline import headline_sentences
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import Quantity, footprint_quantity
from equity_core.text.scenario import Lines, asked, origin_lines

MOST_FOOTPRINTS = 2
USUAL_LICENCE = 250
LETTERS_ASKED, LETTERS_OF_CAVEATS, LETTERS_OF_SOURCES, LETTERS_OF_LIMITS = 420, 1000, 900, 900
LETTERS_ON_PAGE_1 = 420
"""What page 1 has room for of what the figures cannot show; the rest stands on page 2."""
PAGE_2_INCHES, INCHES_OF_A_LETTER = 6.25, 0.00133
LOWEST_CURVE, HIGHEST_CURVE = 2.1, 4.1
"""The height of page 2 without its fixed parts, and of a letter on it; measured on the PDF."""
LONGEST_LINK_SHOWN = 300
PROVEN = "That no plan is better by the same rules is proven; the simulated figures are less sure."


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
class Briefing:
    """All that the two pages say and show, in reading order."""

    question: str
    byline: str
    author: str
    standing: str
    answer: str
    numbers: tuple[Number, ...]
    map: Drawing
    who: tuple[Grid, ...]
    nobody: str
    cost: tuple[str, ...]
    sure: tuple[str, ...]
    unseen: tuple[str, ...]
    link: str
    code: bytes
    beside: str
    frontier: Drawing | None
    milestones: str
    figures: Grid
    asked: Lines
    people: tuple[str, ...]
    limits: tuple[str, ...]
    caveats: tuple[str, ...]
    method: tuple[str, ...]
    sources: tuple[str, ...]
    licence: str
    command: str
    origin: Lines
    keywords: tuple[str, ...]

    def words(self) -> str:
        """The record as JSON; of drawings the words alone."""
        drawings = {
            "map": self.map.caption(),
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
    byline: Byline = NOBODY,
    worth_of_waiting: tuple[str, ...] = (),
    drawn: Drawn = NOT_DRAWN,
) -> Briefing:
    """The briefing of a comparison; `address` is where its link leads, up to the query.

    `frontier` and what is `passed` on it are None where nothing is weighed; `drawn` is what draws
    of uncertain figures said, where there were any.
    """
    after = comparison.after
    link = f"{address.rstrip('?')}?{to_query(after.scenario)}&fingerprint={after.fingerprint}"
    shown = [footprint_quantity(item) for item in after.footprints[:MOST_FOOTPRINTS]]
    origin = provenance(after) | {"address": address} | byline.facts() | drawn.facts()
    first, *beside = headline_sentences(comparison)
    beside += staying_sentences(after, dataset) + waiting_sentences(after, dataset)
    beside += worth_of_waiting
    people = people_sentences(comparison, dataset)
    unseen = _unseen(after.scenario, dataset)
    rest = [words for words in dataset.weaknesses if words not in unseen]
    told = Briefing(
        question=said.question(comparison),
        byline=byline.words,
        author=byline.author,
        standing=said.standing(comparison, dataset),
        answer=alone(first, comparison),
        numbers=said.numbers(comparison, shown),
        map=_map(comparison, dataset, shown[0]),
        who=said.winners_and_losers(comparison, dataset, shown),
        nobody=_nobody(comparison),
        cost=said.cost_words(comparison, dataset, passed),
        sure=(PROVEN, certificate_sentence(after), *drawn.words, short_caveat(after, dataset)),
        unseen=unseen,
        link=link if len(link) <= LONGEST_LINK_SHOWN else f"{link[:LONGEST_LINK_SHOWN]}...",
        code=code_of(link),
        beside=" ".join(beside),
        frontier=None,
        milestones="" if passed is None else milestones_sentence(passed, after),
        figures=_figures(comparison),
        asked=_asked(comparison),
        people=people,
        limits=_within(limiting_sentences(after), LETTERS_OF_LIMITS, "limit"),
        caveats=_within(rest, _left_by(dataset.terms, *people), "weak point"),
        method=_method(after.scenario),
        sources=_within(_sources(dataset), LETTERS_OF_SOURCES, "source"),
        licence=dataset.terms,
        command="python -m equity_core verify FILE",
        origin=origin_lines(comparison)[:-1],
        keywords=tuple(f"{name} {value}" for name, value in origin.items()),
    )
    if frontier is None:
        return told
    return replace(told, frontier=_curve(frontier, comparison, dataset, _height_left(told)))


def _height_left(told: Briefing) -> float:
    """Inches that the words of page 2 leave to its curve, which so fills it from edge to edge."""
    words = (told.milestones, told.beside, *told.people, *told.limits, *told.caveats)
    letters = sum(map(len, (*words, *told.method, *told.sources, told.licence)))
    left = PAGE_2_INCHES - letters * INCHES_OF_A_LETTER
    return min(max(left, LOWEST_CURVE), HIGHEST_CURVE)


def _unseen(scenario: Scenario, dataset: Dataset) -> tuple[str, ...]:
    """The caveat of the case, then as many weaknesses of the data as page 1 has room for."""
    case = case_of(scenario)
    told, room = [case.caveat] if case is not None and case.caveat else [], LETTERS_ON_PAGE_1
    room -= sum(map(len, told))
    for words in dataset.weaknesses:
        if len(words) <= room or not told:
            told.append(words)
            room -= len(words)
    return tuple(told)


def _nobody(comparison: Comparison) -> str:
    """Said where a table of who carries more would be empty, or both would."""
    if comparison.regions_worse:
        return ""
    return f"No region carries more of any footprint than under {baseline_name(comparison)}."


def _left_by(licence: str, *people: str) -> int:
    """Letters that caveats may have beside long credits and what is counted in people."""
    return LETTERS_OF_CAVEATS - sum(map(len, people)) - max(0, len(licence) - USUAL_LICENCE)


def _within(texts: Sequence[str], letters: int, called: str) -> tuple[str, ...]:
    """Those of the texts that fit, in their order; what is left out is counted as it is `called`:
    "9 weak points are told on the page Method."."""
    kept, room = [], letters
    for text in texts:
        if len(text) <= room:
            room -= len(text)
            kept.append(text)
    left = len(texts) - len(kept)
    more = counted(left, f"{'more ' if kept else ''}{called}")
    told = f"{more} {'is' if left == 1 else 'are'} told on the page Method."
    return (*kept, told) if left else tuple(kept)


def _asked(comparison: Comparison) -> Lines:
    """What was asked, as far as it fits."""
    lines = asked(comparison.after.scenario, comparison.after)
    sizes = accumulate(len(label) + len(text) for label, text in lines)
    fits = sum(size <= LETTERS_ASKED for size in sizes)
    if fits == len(lines):
        return lines
    return [*lines[:fits], ("Further", f"{len(lines) - fits} more changes; the link has them all")]


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
    title = f"This plan beside {baseline_name(comparison)}"
    return Grid(title, ("", "Before", "After", "Change"), tuple(rows), "")


def _figure(label: str, before: float, after: float, unit: str) -> tuple[str, str, str, str]:
    moved = rounded_change(change_pct(before, after)) if before else ""
    return label, amount(before, unit), amount(after, unit), moved


def _map(comparison: Comparison, dataset: Dataset, quantity: Quantity) -> Drawing:
    one, _ = region_noun(dataset.id)
    title = f"Simulated change in {quantity.noun} by {one} {against(comparison)}"
    words = map_summary(comparison, quantity.column, "change")
    # The page has fonts for every script; what is drawn has not.
    return Drawing(title, region_map_svg(lettered(comparison), dataset, quantity), words)


def _curve(
    frontier: pd.DataFrame, comparison: Comparison, dataset: Dataset, height: float
) -> Drawing:
    words = frontier_summary(records(frontier), comparison.after)
    return Drawing(title(comparison), frontier_svg(frontier, comparison, dataset, height), words)


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
