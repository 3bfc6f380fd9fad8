"""The period of the scenario: all of the data set, a season, a month, or days of one's own."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from equity_core.inputs.periods import Period, bounds, within
from ui.jobs import datasets
from ui.session import keys, state
from ui.sidebar import boxes
from ui.sidebar.typed_days import Days

OWN = "own"


def period_control() -> None:
    """A list of periods, and two days where none of them is meant."""
    hours = datasets.dataset(state.scenario().dataset).hours
    periods = {period.name: period for period in datasets.periods(state.scenario().dataset)}
    current = _current(periods)
    st.selectbox(
        "Period",
        [*periods, OWN],
        format_func=lambda name: periods[name].label if name in periods else "Days of my own",
        key=(key := state.seed("period", current)),
        on_change=state.on_change(key, lambda name: _chosen(name, periods)),
        help="Which hours of the data set are planned; all figures are those of this period. "
        "For example: one month, or a summer.",
    )
    if current == OWN:
        _days(hours)


def _current(periods: dict[str, Period]) -> str:
    """The period that the scenario has; one's own where it is none of the list, or asked for."""
    scenario = state.scenario()
    if keys.OWN_DAYS.get() == _asked():
        return OWN
    found = (p.name for p in periods.values() if (p.start, p.end) == (scenario.start, scenario.end))
    return next(found, OWN)


def _asked() -> tuple[str | None, ...]:
    """What days of one's own were asked for: whoever changes the period otherwise ends that."""
    scenario = state.scenario()
    return scenario.dataset, scenario.start, scenario.end


def _chosen(name: str, periods: dict[str, Period]) -> None:
    keys.OWN_DAYS.keep(_asked() if name == OWN else None)
    if name in periods:
        state.change(start=periods[name].start, end=periods[name].end)


def _days(hours: pd.DatetimeIndex) -> None:
    """First and last day (UTC), both included."""
    scenario = state.scenario()
    planned = within(hours, scenario.start, scenario.end)
    shown = planned if len(planned) else hours
    allowed = Days(hours[0].date(), hours[-1].date())
    with st.container(horizontal=True, key="own_days_inputs"):
        for label, name, day in (
            ("First day", "first_day", shown[0].date()),
            ("Last day", "last_day", shown[-1].date()),
        ):
            boxes.bare_box(name, label, day, allowed, partial(_take, name, shown))
    boxes.refusal("first_day", shown[0].date())
    boxes.refusal("last_day", shown[-1].date())


def _take(name: str, shown: pd.DatetimeIndex, value: date | None) -> None:
    """Move one end of the period; the other follows where it would be passed."""
    if value is None:
        return
    first = value if name == "first_day" else min(value, shown[0].date())
    last = value if name == "last_day" else max(value, shown[-1].date())
    start = pd.Timestamp(first, tz="UTC")
    end = pd.Timestamp(last, tz="UTC") + pd.Timedelta(days=1)
    hours = datasets.dataset(state.scenario().dataset).hours
    begin, finish = bounds(start, end, hours)
    state.change(start=begin, end=finish)
    keys.OWN_DAYS.keep(_asked())
