"""The cost/equity frontier: computed beside the page, never in its way, stale parts marked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from equity_core import Scenario
from equity_core.errors import EquityError
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.percent import change_pct
from equity_core.text.headings import Records
from equity_core.text.narrative import frontier_summary, milestones_sentence
from equity_core.text.nouns import noun
from equity_core.text.numbers import percent_change
from equity_core.text.opening.alone import FAIRNESS
from equity_core.text.opening.glossary import KNEE
from equity_core.text.plan_names import baseline_name
from ui import messages
from ui.charts import frontier
from ui.jobs import cache, datasets, orders
from ui.panels import again, downloads, preview, result
from ui.panels.pointer import of_plan, plot
from ui.session import keys, state
from ui.theme import look_of

PLOT = "frontier_plot"
ROOM = f'<div class="ee-waiting" style="height:{frontier.HEIGHT}px">Being computed ...</div>'
"""As much as the curve takes: what stands below must not move when it comes."""
FIRST_WAIT, LONGEST_WAIT = 0.15, 2.0
"""Seconds that the panel waits for an answer: at the end of a run of the page, while the browser
draws the rest; and by itself, before it answers what was clicked in it."""


def order(scenario: Scenario) -> Future[Records]:
    """Have the frontier of `scenario` computed beside the page.

    Nothing is begun for a reader's first page before the browser asks: until that is drawn, server
    and browser need the processors.
    """
    if keys.LAST_FRONTIER.of(scenario.dataset) is None and not keys.PATIENCE.get():
        return Future()
    ordered = orders.frontier_wish("explore").order(orders.curve_scenario(scenario))
    if not ordered.done():
        # What is said of the curve before is worked on by the same process, and would hold it up.
        orders.milestones_wish().drop()
        orders.lens_wish().drop()
    return ordered


def frontier_part(scenario: Scenario, comparison: Comparison, badges: DeltaGenerator) -> None:
    """The frontier as part of a page: what is not there soon does not hold the page up.

    Where others keep the machine busy it would not be there soon.
    """
    alone = orders.frontier_wish("explore").is_the_only_one
    keys.PATIENCE.keep(FIRST_WAIT if alone else 0.0)
    frontier_panel(scenario, comparison, badges)


@st.fragment
def frontier_panel(scenario: Scenario, comparison: Comparison, badges: DeltaGenerator) -> None:
    """The frontier of the comparison's scenario, redrawn by itself when it is there; then `badges`.

    A fragment: what is computed beside the page must not have the whole page drawn again. While
    something is missing the browser asks for the fragment at once, which then waits for it.
    `scenario` is the one on the page; where a plan was adopted in here, the page has to follow.
    """
    if state.scenario() != scenario:
        st.rerun()
    with messages.edge():
        ordered, whose = order(comparison.after.scenario), comparison.after.dataset_id
        fresh = _came(ordered)
        with cache.turnstile().turn():
            if fresh:
                keys.LAST_FRONTIER.keep_of(whose, ordered.result())
            plans = keys.LAST_FRONTIER.of(whose)
            place = _show(plans, comparison, stale=not fresh)
            dataset = datasets.dataset(whose)
            downloads.frontier_menu(comparison, dataset, plans is not None)
        costs = _show_milestones(comparison, place, _came if fresh else None)
        settled = result.lens_badges(comparison, badges, _came if fresh else None)
        told = fresh and costs and settled
        if not told:
            again.ask_again("ask_again", _await)
        preview.nodes_panel(comparison, may_order=told)


def _came(ordered: Future[Any]) -> bool:
    """Whether the answer is there, after a wait that any change of the scenario ends."""
    with suppress(TimeoutError):
        cache.await_answer(ordered, keys.PATIENCE.get())
    return ordered.done()


def _await() -> None:
    """The browser asks for what is missing: everything else of the page has been sent."""
    keys.PATIENCE.keep(LONGEST_WAIT)


def _show(plans: Records | None, comparison: Comparison, stale: bool) -> DeltaGenerator:
    """The curve, and how to adopt one of its plans; gives the place for words between them."""
    if plans is None:
        st.html(_section("The curve of cost against fairness is being computed.") + ROOM)
        return st.container(gap=None)
    words = (
        "Stale: this is the frontier before your last change; the new one is being computed."
        if stale
        else "Each point is the plan with both fairness weights multiplied by one figure. "
        "Click a point to adopt it."
    )
    st.html(_section(words, stale))
    _plot(plans, comparison, stale)
    place = st.container(gap=None)
    _adopt_by_keyboard(plans, comparison)
    return place


def _plot(plans: Records, comparison: Comparison, stale: bool) -> None:
    """The picture; a click on one of its points adopts the plan."""
    curves = frontier.series_of(plans, comparison)
    if not curves:
        st.caption("The baseline costs or burdens nothing, so there is no change in % to draw.")
        return
    look, baseline = look_of(st.context.theme.type), baseline_name(comparison)
    drawn = frontier.curve_figure(curves, baseline, look, stale)
    clicked = {"on_select": partial(_adopt_clicked, plans), "selection_mode": "points"}
    words, told = frontier_summary(plans, comparison.after), of_plan(FAIRNESS, comparison)
    plot(drawn, PLOT, "frontier", words, told, **clicked)


def _adopt_clicked(plans: Records) -> None:
    """A click beside the points, or on this plan, carries no row."""
    for point in keys.widget_value(PLOT)["selection"]["points"]:
        if "customdata" in point:
            _adopt(plans, point["customdata"])


def _show_milestones(
    comparison: Comparison,
    place: DeltaGenerator,
    came: Callable[[Future[Any]], bool] | None,
) -> bool:
    """What parts of the improvement cost, in words: whether no more is to come.

    `came` as in `result.lens_badges`; what was said before the last change stays meanwhile.
    """
    told = _milestones_told(comparison, came)
    kept, whose = "" if told is not None else " ee-former", comparison.after.dataset_id
    if told is not None:
        keys.LAST_MILESTONES.keep_of(whose, told)
    words = escape(keys.LAST_MILESTONES.of(whose))
    place.html(f'<p class="ee-text ee-milestones{kept}">{words}</p>')
    return told is not None


def _milestones_told(
    comparison: Comparison, came: Callable[[Future[Any]], bool] | None
) -> str | None:
    """The sentence; None where it is still to come."""
    if came is None:
        return None
    after = comparison.after
    try:
        order = orders.milestones_wish().order(orders.curve_scenario(after.scenario))
        return milestones_sentence(order.result(), after) if came(order) else None
    except EquityError:
        return ""  # where it takes too long the page does without: nothing else rests on it


def _section(words: str, stale: bool = False) -> str:
    state = " ee-stale" if stale else ""
    return (
        f'<div class="ee-curve{state}"><h2 class="ee-section">What fairness costs</h2>'
        f'<p class="ee-note">{words}</p></div>'
    )


def _adopt(plans: Records, row: int) -> None:
    """Both weights of a plan of the frontier, with the equity policy."""
    plan = plans[row]
    state.change(
        policy="equity",
        water_weight=plan["water_weight"],
        carbon_weight=plan["carbon_weight"],
    )


def _adopt_by_keyboard(plans: Records, comparison: Comparison) -> None:
    labels = [plan_label(plan, comparison) for plan in plans]
    with st.container(horizontal=True, vertical_alignment="bottom", key="frontier_adopt"):
        st.selectbox(
            "Adopt a plan of the frontier",
            range(len(labels)),
            index=None,
            placeholder="Choose by cost",
            format_func=labels.__getitem__,
            key=(key := state.seed("frontier_point", None)),
            on_change=state.on_change(key, partial(_adopt, plans)),
        )
        st.button(
            "Adopt the knee",
            key="adopt_knee",
            on_click=_adopt,
            args=(plans, frontier.knee_of(plans)),
            help=KNEE.told,
        )


def plan_label(plan: dict[str, Any], comparison: Comparison) -> str:
    """A plan in words: "Cost +7.6%, worst water −20.2%, ...; weights 30 USD/m³ and ..."."""
    before = comparison.before
    worst = "".join(
        f", worst {noun(footprint)} {_change(plan[f'worst_{footprint.column}'], base)}"
        for footprint in comparison.after.footprints
        if (base := before.worst(footprint.column)) != 0
    )
    cost = _change(plan["cost_usd"], before.cost_usd) if before.cost_usd else "none"
    return f"Cost {cost}{worst}; {frontier.weights_text(plan)}"


def _change(value: float, base: float) -> str:
    return percent_change(change_pct(base, value))
