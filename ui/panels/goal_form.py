"""The parts of the Goals page: the form, what a plan makes of each goal, what is possible."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from equity_core import Scenario
from equity_core.errors import InfeasibleError
from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison, LimitUse, Outcome
from equity_core.scenario.limits import limits_set, with_limit, without_limits
from equity_core.scenario.parameters import (
    BY_NAME,
    FACTORS_BY_NAME,
    FURTHER_BY_NAME,
    POLICIES_WITHOUT_LEVY,
    Parameter,
)
from equity_core.text.headings import Records
from equity_core.text.numbers import unit_text
from equity_core.text.plan_names import plan_of, reference_name
from equity_core.text.slack import binds, one_price_sentence, price_sentence, room_sentence
from ui import messages
from ui.charts import bars, tradeoff
from ui.charts.plotly import Points
from ui.jobs import cache, datasets, orders
from ui.panels import context
from ui.panels.pointer import of_plan, plot
from ui.session import state
from ui.sidebar import boxes, limit_words, widgets
from ui.theme import look_of

POSSIBLE = "trade-off between cost and burden of the region that carries most,"
WITHIN = {"cost": "Cheapest", "equity": "Equity", "fairest": "Fairest"}
"""Policies to follow within the goals."""


def title(sentence: str) -> None:
    """The answer in one sentence."""
    st.html(f'<h1 class="ee-headline">{escape(sentence)}</h1>')


def figures(comparison: Comparison) -> None:
    """The four figures of Explore, and what they rest on."""
    dataset = datasets.dataset(comparison.after.dataset_id)
    st.html(
        bars.figures_html(bars.key_figures(comparison, dataset))
        + bars.totals_html(comparison)
        + context.context_html(dataset, comparison.after)
    )


def form(scenario: Scenario) -> None:
    """Every goal as a part of a sentence; an empty box is no goal."""
    footprints = datasets.fleet(scenario).footprints
    with st.container(key="goals_form", gap="small"):
        st.header("What must hold", anchor=False)
        _cost_and_losers(scenario)
        for words, kind in (("No region above", "limit"), ("All regions together", "total_limit")):
            st.markdown(words)
            _boxes(scenario, footprints, kind)
        _one_region(scenario)
        st.header("Within that, the plan shall be", anchor=False)
        _policy(scenario)


def _boxes(scenario: Scenario, footprints: tuple[Footprint, ...], kind: str) -> None:
    """A box for each footprint, two in a row."""
    for first in range(0, len(footprints), 2):
        row = footprints[first : first + 2]
        for column, footprint in zip(st.columns(2, gap="small"), row, strict=False):
            with column:
                field, parameter = _limit_of(footprint, kind)
                _box(scenario, field, parameter, f"{footprint.label}, {_unit(footprint)}")


def _unit(footprint: Footprint) -> str:
    return unit_text(footprint.unit)


def _limit_of(footprint: Footprint, kind: str) -> tuple[str, Parameter]:
    """The field that limits a footprint, each region (`limit`) or all (`total_limit`)."""
    name = f"{footprint.name}_{kind}_{footprint.unit}"
    if name in BY_NAME:
        return name, BY_NAME[name]
    return f"further.{footprint.name}.{kind}", FURTHER_BY_NAME[kind]


def _box(scenario: Scenario, field: str, row: Parameter, label: str) -> None:
    boxes.box(
        f"goal_{field}",
        label,
        widgets.shown(row, limits_set(scenario).get(field)),
        replace(widgets.allowed(row), optional=True),
        partial(_take, field, row),
        placeholder="no goal",
        help=widgets.hint(row),
    )


def _take(field: str, row: Parameter, value: float | None) -> None:
    wanted = None if value is None else widgets.meant(row, value)
    state.adopt(with_limit(state.scenario(), field, wanted))


def _cost_and_losers(scenario: Scenario) -> None:
    cost, worse = st.columns(2, gap="small")
    with cost:
        row = BY_NAME["cost_increase_limit"]
        _box(scenario, row.name, row, "Cost at most, % above the cheapest")
    with worse:
        row = BY_NAME["worse_tolerance"]
        _box(scenario, row.name, row, "No region worse off by more than, %")
    st.caption(
        f"Worse off: than under {reference_name(scenario)} (see Compared with in the sidebar). "
        "0% means not at all."
    )


def _one_region(scenario: Scenario) -> None:
    names = datasets.fleet(scenario).site_names
    st.selectbox(
        "One region",
        ["", *names],
        format_func=lambda site: names.get(site, "Choose a region to set its own limits"),
        key=(key := state.seed("goal_region", state.view().region)),
        on_change=state.on_change(key, lambda site: state.look_at(region=site)),
    )
    site = state.view().region
    if site:
        rows = [row for row in FACTORS_BY_NAME.values() if row.group == "limits"]
        for column, row in zip(st.columns(len(rows), gap="small"), rows, strict=True):
            with column:
                label = f"{row.label.removesuffix(' limit')} at most, {widgets.unit(row)}"
                _box(scenario, f"factors.{site}.{row.name}", row, label)


def _policy(scenario: Scenario) -> None:
    options = list(dict.fromkeys([*WITHIN, scenario.policy]))
    labels = BY_NAME["policy"].choice_labels | WITHIN
    st.segmented_control(
        "Policy within the goals",
        options,
        format_func=lambda name: labels[name],
        required=True,
        key=(key := state.seed("goal_policy", scenario.policy)),
        on_change=state.on_change(key, _policy_chosen),
        label_visibility="collapsed",
    )
    st.caption(BY_NAME["policy"].explanations[scenario.policy])


def _policy_chosen(name: str) -> None:
    """A policy that does not minimise cost leaves no room for levies."""
    levies = {"water_price": 0.0, "carbon_price": 0.0} if name in POLICIES_WITHOUT_LEVY else {}
    state.change(policy=name, **levies)


def results(outcome: Outcome) -> None:
    """What the goals cost, and what the plan makes of each."""
    if outcome.limits:
        scenario = outcome.scenario
        without = cache.outcome(without_limits(scenario))
        price = price_sentence(outcome, without, plan_of(scenario))
        rows = "".join(_result(outcome, use) for use in outcome.limits)
        with st.container(key="goal_results"):
            st.html(f'<p class="ee-text">{escape(price)}</p><ul class="ee-goals">{rows}</ul>')


def _result(outcome: Outcome, use: LimitUse) -> str:
    told = limit_words.wording(outcome.scenario)
    found = cache.worth_holds(outcome.scenario, use.field) if use.worth > 0 else None
    sentences = [room_sentence(outcome, use, told, found)]
    if use.worth > 0 and len(outcome.limits) > 1:
        without = cache.without_goal(outcome.scenario, use.field)
        sentences += [] if without is None else [one_price_sentence(outcome, without)]
    mark = "●" if binds(use) else "✓"
    return f'<li><i aria-hidden="true">{mark}</i><div>{escape(" ".join(sentences))}</div></li>'


def what_is_possible(scenario: Scenario, comparison: Comparison, reached: bool) -> None:
    """The picture of what is possible; it is drawn last, since its plans take longest."""
    with st.container(key="possible", gap="small"):
        st.header("What is possible", anchor=False)
        st.caption(
            "At each cost the border is the smallest worst burden of any plan: nothing below it is "
            "possible. Dots are plans of the fairness weights, which mind every footprint at once. "
            "Straight lines are the goals; the shaded part is what they leave."
        )
        footprints = _upright_first(comparison.after.footprints)
        upright = footprints[0].name
        free, others = without_limits(scenario), _without_lines(scenario, footprints[0])
        curves = [_plans(free, "possible_free")]
        if reached and free != scenario:
            curves.append(_plans(scenario, "possible_within"))
        borders = [_border(free, upright, "free"), _border(others, upright, "within")]
        drawn = picture(
            scenario, comparison.after if reached else None, footprints, curves, borders
        )
        look, summary = look_of(st.context.theme.type), tradeoff.summary(drawn)
        told, figure = of_plan(POSSIBLE, comparison), tradeoff.possible_figure(drawn, look)
        plot(figure, "possible_plot", "what-is-possible", summary, told)
        st.caption(messages.literal(summary))


def _upright_first(footprints: tuple[Footprint, ...]) -> tuple[Footprint, ...]:
    """The footprints, the one that the reader looks at first; a switch where there are several."""
    labels = {item.column: item.label for item in footprints}
    chosen = state.view().quantity if state.view().quantity in labels else footprints[0].column
    if len(labels) > 1:
        st.segmented_control(
            "Footprint upright",
            list(labels),
            format_func=labels.__getitem__,
            required=True,
            key=(key := state.seed("possible_upright", chosen)),
            on_change=state.on_change(key, lambda column: state.look_at(quantity=column)),
            label_visibility="collapsed",
        )
    return tuple(sorted(footprints, key=lambda item: item.column != chosen))


def _without_lines(scenario: Scenario, upright: Footprint) -> Scenario:
    """The scenario without the goals that are straight lines in the picture."""
    bare = with_limit(scenario, "cost_increase_limit", None)
    return with_limit(bare, _limit_of(upright, "limit")[0], None)


def _plans(scenario: Scenario, name: str) -> Records:
    """The plans of the weights of a scenario."""
    return cache.await_answer(orders.frontier_wish(name).order(orders.curve_scenario(scenario)))


def _border(scenario: Scenario, upright: str, name: str) -> Points:
    """Cost and smallest worst burden of each point of a border; none where no plan is."""
    try:
        plans = cache.await_answer(orders.border_order(scenario, upright, f"border_{name}"))
    except InfeasibleError:
        return []
    (column,) = (name for name in plans[0] if name.startswith("worst_"))
    return [(plan["cost_usd"], plan[column]) for plan in plans]


def picture(
    scenario: Scenario,
    here: Outcome | None,
    footprints: tuple[Footprint, ...],
    curves: list[Records],
    borders: list[Points],
) -> tradeoff.Possible:
    """The plans without the goals, those within them if there are any, and the one `here`."""
    goals_set, (free, left) = limits_set(scenario), borders
    columns = [f"worst_{item.column}" for item in footprints]
    dots = [
        tradeoff.Dot(plan["cost_usd"], tuple(plan[name] for name in columns), bool(within))
        for within, plans in enumerate(curves, start=0 if goals_set else 1)
        for plan in plans
    ]
    if here is not None:
        worst = tuple(here.worst(item.column) for item in footprints)
        dots.append(tradeoff.Dot(here.cost_usd, worst, True, here=True))
    # Both begin at the cheapest plan, the border a few cents above it.
    cheapest = min(free[0][0], *(dot.cost_usd for dot in dots))
    cost = goals_set.get("cost_increase_limit")
    return tradeoff.Possible(
        dots=tuple(dots),
        footprints=footprints,
        border=free,
        left=left,
        cheapest_usd=cheapest,
        cost_goal=None if cost is None else cheapest + cost * abs(cheapest),
        worst_goal=goals_set.get(_limit_of(footprints[0], "limit")[0]),
    )
