"""The parts of the Explore page, each drawn from the same small record: a comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from equity_core.errors import EquityError
from equity_core.export.people import people_sentences
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.policies import WEIGHTED
from equity_core.text.caveats import fleet_words
from equity_core.text.certificate import certificate_sentence, limiting_sentences
from equity_core.text.fairness import gain_sentences, lens_sentence, measure_sentence
from equity_core.text.load.unmovable import staying_sentences
from equity_core.text.load.waiting import waiting_sentences
from equity_core.text.opening.alone import standing_in
from equity_core.text.opening.glossary import Term, glossary, spoken_in
from equity_core.text.opening.headline import headline_sentences, small_sentences
from equity_core.text.plan_names import baseline_name
from equity_core.text.slack import room_sentence
from ui.charts import bars, preview, region_table, terms
from ui.charts.tables import people_table
from ui.jobs import orders
from ui.panels import context, frame
from ui.panels.first import doors
from ui.session import keys, state
from ui.sidebar import limit_words, questions

FLOWS = {"yes": "Moved load"}


def opening(comparison: Comparison, dataset: Dataset) -> None:
    """The headline sentence, the four figures, and what they rest on.

    In one piece, as everywhere on this page where no control stands between: each piece costs the
    browser a millisecond or two with every change.
    """
    known, view = glossary(comparison), state.view()
    st.html(
        questions.question_html(comparison)
        + headline_html(comparison, dataset, known)
        + questions.answer_html(comparison)
        + doors.doors_html()
        + bars.figures_html(bars.key_figures(comparison, dataset))
        + f'<div class="ee-strip">{bars.totals_html(comparison)}{doors.next_html(comparison)}</div>'
        + context.context_html(dataset, comparison.after)
        + preview.plan_html(comparison, dataset, view.quantity, view.mode, view.bars, view.region)
        + terms.meanings({term.key: term.told for term in known})
    )


def headline_html(comparison: Comparison, dataset: Dataset, known: Sequence[Term]) -> str:
    """The headline: what the plan does, and in smaller letters what stands beside it."""
    first = headline_sentences(comparison)[0]
    first, after = f"{first[0].lower()}{first[1:]}", comparison.after
    told = (
        *small_sentences(comparison),
        *staying_sentences(after, dataset),
        *waiting_sentences(after, dataset),
    )
    left = [term for term in known if term not in spoken_in(first, known).values()]
    return (
        f'<h1 class="ee-headline" aria-live="polite"><span class="ee-standing">'
        f"{escape(standing_in(comparison))}</span> {terms.marked(first, known)} "
        f'<span class="ee-beside">{terms.marked(" ".join(told), left)}</span></h1>'
    )


def gains_panel(comparison: Comparison, fleet: Dataset) -> DeltaGenerator:
    """Who gains and who loses; gives the place for who loses under every lens."""
    with st.container(key="gains", gap="small"):
        measured = measure_sentence(comparison, fleet)
        told = (*gain_sentences(comparison), *([measured] if measured else []))
        st.html(_section("Who gains, who loses", told, glossary(comparison)))
        return st.container(gap=None)


def lens_badges(
    comparison: Comparison, place: DeltaGenerator, came: Callable[[Future[Any]], bool] | None
) -> bool:
    """The regions that lose under every lens: whether no more is to come. Computed beside the page.

    `came` tells whether an answer is there, and may wait for it; None: it is too early to ask.
    What was said before the last change stays meanwhile, marked so.
    """
    told = _lenses_told(comparison, came)
    mark, whose = "" if told is not None else "ee-outdated", comparison.after.dataset_id
    if told is not None:
        keys.LAST_BADGES.keep_of(whose, told)
    place.html(f'<div class="{mark}">{keys.LAST_BADGES.of(whose)}</div>')
    return told is not None


def _lenses_told(comparison: Comparison, came: Callable[[Future[Any]], bool] | None) -> str | None:
    """As HTML; None where the answer is still to come."""
    scenario = comparison.after.scenario
    if scenario.policy not in WEIGHTED:
        return ""
    if came is None:
        return None
    order = orders.lens_wish().order(scenario)
    try:
        if not came(order):
            return None
        losers, lenses = order.result()
    except EquityError:
        return ""  # where it takes too long the page does without: nothing else rests on it
    return _badges(losers, lenses, comparison)


def _badges(losers: Sequence[str], lenses: Sequence[str], comparison: Comparison) -> str:
    names = comparison.after.site_names
    each = (
        f'<span class="ee-badge" title="worse off with every lens">{escape(names[site])}</span>'
        for site in losers
    )
    told = escape(lens_sentence(losers, lenses, comparison))
    return f'<p class="ee-text">{told}</p>{"".join(each)}'


FIGURES = (
    "How sure the figures are is told under the headline and on Data, and what it would change on "
    "Robustness."
)


def limits_panel(comparison: Comparison) -> None:
    """Which regions limit fairness, and how exact the answer is."""
    told = (*limiting_sentences(comparison.after), *_goal_sentences(comparison))
    known = glossary(comparison)
    exact = certificate_sentence(comparison.after), FIGURES
    st.html(
        '<div class="ee-limits">'
        + _section("What limits fairness", told, known)
        + _section("How exact this plan is", exact, known)
        + "</div>"
    )


def _goal_sentences(comparison: Comparison) -> list[str]:
    """What the plan makes of each goal."""
    after = comparison.after
    told = limit_words.wording(after.scenario)
    return [room_sentence(after, use, told) for use in after.limits]


def _section(title: str, sentences: Sequence[str], known: Sequence[Term] = ()) -> str:
    """A title with its sentences; of a term that several say, the first one explains it."""
    told, spoken = [], list(known)
    for sentence in sentences:
        told.append(f'<p class="ee-text">{terms.marked(sentence, spoken)}</p>')
        said = spoken_in(sentence, spoken).values()
        spoken = [term for term in spoken if term not in said]
    return f'<h2 class="ee-section">{escape(title)}</h2>{"".join(told)}'


def table_panel(comparison: Comparison) -> None:
    """All regions with full figures, sortable."""
    regions = f"All regions of the {fleet_words(comparison.after)}"
    title = f"{regions}, compared with {baseline_name(comparison)}"
    with st.container(key="regions_table"):
        st.html(f'<h2 class="ee-section">{escape(title)}</h2>{region_table.table_html(comparison)}')


def people_panel(comparison: Comparison, dataset: Dataset) -> None:
    """Burdens beside the people of each region; nothing where the data set knows no households."""
    told = people_sentences(comparison, dataset)
    if not told:
        return
    table_of_people = people_table.people_html(comparison, dataset)
    st.html(f"{_section('Counted in people', told)}{table_of_people}")


def footer(comparison: Comparison, dataset: Dataset, link: str) -> None:
    """As every page has it, with period and fingerprint of the plan."""
    after = comparison.after
    days = pd.to_timedelta(1, "h") * len(after.hours)
    period = f"{after.hours[0]:%Y-%m-%d %H:%M} UTC, {days / pd.to_timedelta(1, 'D'):.0f} days"
    of_plan = (f"Period: from {period}", f"Fingerprint: {after.fingerprint}")
    frame.footer((dataset,), link, of_plan)
