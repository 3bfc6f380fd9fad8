"""The parts of the Goals page: the form, what a plan makes of each goal, what is possible."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from equity_core import Scenario
from equity_core.errors import EquityError
from equity_core.inputs.dataset import Footprint
from equity_core.outcome.goal_words import limits_set, with_limit, without_limits
from equity_core.outcome.outcome import Comparison, LimitUse, Outcome
from equity_core.outcome.plan_names import reference_name
from equity_core.outcome.room_words import binds, room_sentence
from equity_core.outcome.tables import Records
from equity_core.scenario.parameters import (
    BY_NAME,
    FACTORS_BY_NAME,
    FURTHER_BY_NAME,
    POLICIES_WITHOUT_LEVY,
    Parameter,
)
from ui import boxes, cached, charts, fields, goals, possible, state

WITHIN = {"cost": "Cheapest", "equity": "Equity", "fairest": "Fairest"}
"""Policies to follow within the goals."""


def title(sentence: str) -> None:
    """The answer in one sentence."""
    st.html(f'<h1 class="ee-headline">{escape(sentence)}</h1>')


def figures(comparison: Comparison) -> None:
    """The four figures of Explore."""
    st.html(charts.figures_html(charts.key_figures(comparison)))


def form(scenario: Scenario) -> None:
    """Every goal as a part of a sentence; an empty box is no goal."""
    footprints = cached.fleet(scenario).footprints
    with st.container(key="goals_form", gap="small"):
        st.subheader("What must hold", anchor=False)
        _cost_and_losers(scenario)
        for words, kind in (("No region above", "limit"), ("All regions together", "total_limit")):
            st.markdown(words)
            _boxes(scenario, footprints, kind)
        _one_region(scenario)
        st.subheader("Within that, the plan shall be", anchor=False)
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
    return fields.unit_text(footprint.unit)


def _limit_of(footprint: Footprint, kind: str) -> tuple[str, Parameter]:
    """The field that limits a footprint, each region (`limit`) or all (`total_limit`)."""
    name = f"{footprint.name}_{kind}_{footprint.unit}"
    if name in BY_NAME:
        return name, BY_NAME[name]
    return f"further.{footprint.name}.{kind}", FURTHER_BY_NAME[kind]


def _box(scenario: Scenario, field: str, row: Parameter, label: str) -> None:
    boxes.number_box(
        f"goal_{field}",
        label,
        fields.shown(row, limits_set(scenario).get(field)),
        replace(fields.allowed(row), optional=True),
        partial(_take, field, row),
        placeholder="no goal",
        help=fields.hint(row),
    )


def _take(field: str, row: Parameter, value: float | None) -> None:
    wanted = None if value is None else fields.meant(row, value)
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
    names = cached.fleet(scenario).site_names
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
                label = f"{row.label.removesuffix(' limit')} at most, {fields.unit(row)}"
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
    """What the plan makes of each goal."""
    if outcome.limits:
        rows = "".join(_result(outcome, use) for use in outcome.limits)
        with st.container(key="goal_results"):
            st.html(f'<ul class="ee-goals">{rows}</ul>')


def _result(outcome: Outcome, use: LimitUse) -> str:
    told = goals.wording(outcome.scenario)
    holds = cached.worth_holds(outcome.scenario, use.field) if use.worth > 0 else None
    goal = told.goal(use.field, use.asked)
    mark = "●" if binds(use) else "✓"
    return (
        f'<li><i aria-hidden="true">{mark}</i><div><strong>{escape(goal[0].upper() + goal[1:])}'
        f"</strong><br>{escape(room_sentence(outcome, use, told, holds))}</div></li>"
    )


def what_is_possible(scenario: Scenario, comparison: Comparison, reached: bool) -> None:
    """The picture of what is possible; it is drawn last, since its plans take longest."""
    with st.container(key="possible", gap="small"):
        st.subheader("What is possible", anchor=False)
        st.caption(
            "Each dot is a plan, from the cheapest to the fairest. Lines are your goals; the "
            "shaded part is what they leave."
        )
        place = st.empty()
        free = without_limits(scenario)
        curves = [_plans(free, "possible_free")]
        if reached and free != scenario:
            curves.append(_plans(scenario, "possible_within"))
        place.html(possible.possible_html(picture(scenario, comparison, curves, reached)))


def _plans(scenario: Scenario, name: str) -> Records:
    """The frontier of a scenario, and its fairest plan."""
    plans = cached.await_answer(cached.frontier_wish(name).order(cached.curve_scenario(scenario)))
    try:
        fairest = cached.outcome(scenario.replace(policy="fairest", water_price=0, carbon_price=0))
    except EquityError:
        return plans  # without the last point: the picture is no less true
    last = {f"worst_{item.column}": fairest.worst(item.column) for item in fairest.footprints}
    return (*plans, last | {"cost_usd": fairest.cost_usd})


def picture(
    scenario: Scenario, comparison: Comparison, curves: list[Records], reached: bool
) -> possible.Possible:
    """The plans without the goals, those within them if there are any, and the present one."""
    after, goals_set = comparison.after, limits_set(scenario)
    columns = [f"worst_{item.column}" for item in after.footprints]
    dots = [
        possible.Dot(plan["cost_usd"], tuple(plan[name] for name in columns), bool(within), name)
        for within, plans in enumerate(curves, start=0 if goals_set else 1)
        for plan, name in zip(plans, _names(plans is curves[0], len(plans)), strict=True)
    ]
    if reached:
        worst = tuple(after.worst(item.column) for item in after.footprints)
        dots.append(possible.Dot(after.cost_usd, worst, True, here=True))
    cheapest = min(plan["cost_usd"] for plan in curves[0])
    cost = goals_set.get("cost_increase_limit")
    return possible.Possible(
        dots=tuple(dots),
        footprints=after.footprints,
        cheapest_usd=cheapest,
        cost_goal=None if cost is None else cheapest + cost * abs(cheapest),
        worst_goals=tuple(goals_set.get(_limit_of(item, "limit")[0]) for item in after.footprints),
    )


def _names(told: bool, count: int) -> list[str]:
    """The ends of the first curve are named; those of a second one would stand in its way."""
    return ["cheapest", *[""] * (count - 2), "fairest"] if told else [""] * count
