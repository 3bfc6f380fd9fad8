"""All caching of the page, and only here; every store is bounded and shared by all readers.

A scenario is solved once for everybody, from what earlier solves left behind. What takes long is
worked on beside the page: plans of large data sets, frontiers. Python's own cache where twenty
looks a run must cost nothing, Streamlit's where two readers at once must not both begin.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from functools import cache
from typing import TypeVar

import streamlit as st

from equity_core import Pool, Scenario, solve
from equity_core.errors import EquityError, InfeasibleError
from equity_core.inputs.identity import is_own
from equity_core.measures.table import MEASURES
from equity_core.outcome.apart import Apart
from equity_core.outcome.outcome import Comparison, Outcome, RoomRange
from equity_core.scenario.limits import with_limit
from equity_core.scenario.link import to_query
from equity_core.solvers import apart, sensitivity, shortfall
from equity_core.text.plan_names import without_baseline
from ui.jobs import datasets, orders
from ui.jobs.render_queue import LOOK_UP, Turnstile
from ui.jobs.requests import Wish
from ui.streamlit_internals import end_run_if_outdated
from ui.tallies import tallies

LIGHT = 6_000
"""Sites times hours up to which a plan is solved here: in 10 to 40 ms, and without a process."""


LATE = 0.7
"""Seconds after which a reader is told that a plan is being computed."""

Answer = TypeVar("Answer")


def outcome(scenario: Scenario, late: Callable[[], None] = lambda: None) -> Outcome:
    """The certified plan of `scenario`; raises EquityError. `late` is called where it takes long.

    A newer change of the same reader ends the wait for one that is solved beside the page: a large
    one, and any where other readers could be served in the meantime.
    """
    if _is_solved_here(scenario):
        return _light_outcome(scenario)
    return _fulfilled(orders.plan_wish(), scenario, late)


def begun(scenario: Scenario, place: str) -> Future[Outcome]:
    """The plan of `scenario` for a place in a table: there at once, or under way beside the page.

    Nothing waits for it, so that others are shown meanwhile. Its result may be an EquityError;
    raises one where the data set is not known.
    """
    load_own(scenario.dataset)
    if not _is_solved_here(scenario):
        return orders.column_wish(place).order(scenario)
    solved: Future[Outcome] = Future()
    try:
        solved.set_result(_light_outcome(scenario))
    except EquityError as error:
        solved.set_exception(error)
    return solved


def _is_solved_here(scenario: Scenario) -> bool:
    # A norm under fairest may bring every hour into doubt.
    light = is_light(scenario) and not MEASURES[scenario.measure].curved
    return light and not turnstile().is_sought


def is_light(scenario: Scenario) -> bool:
    """Whether a plan is found at once; raises EquityError where the data set is not known."""
    data = datasets.dataset(scenario.dataset)
    return len(data.site_ids) * len(data.hours) <= LIGHT


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Scenario: to_query})
def _light_outcome(scenario: Scenario) -> Outcome:
    with tallies().of("plan_here"):
        return solve(scenario, datasets.dataset(scenario.dataset), pool=_pool())


@st.cache_resource(show_spinner=False)
def _pool() -> Pool:
    """The dispatches found so far."""
    return Pool()


def _fulfilled(
    wish: Wish[Scenario, Answer], scenario: Scenario, late: Callable[[], None] = lambda: None
) -> Answer:
    """The answer to a wish that is given up where this run ends before; raises EquityError."""
    try:
        order = wish.order(scenario)
        with suppress(TimeoutError):
            return await_answer(order, LATE)
        late()
        return await_answer(order)
    finally:
        wish.drop()


def await_answer(order: Future[Answer], seconds: float = float("inf")) -> Answer:
    """The answer, once it is there; raises EquityError, or TimeoutError after `seconds`.

    Every look into the session lets Streamlit end this run where the reader has made a newer
    change: so nobody waits for what nobody will see. Others are drawn in the meantime.
    """
    if not order.done() and seconds > 0:
        with turnstile().outside():
            _look_out_for(order, time.monotonic() + seconds)
    return order.result(timeout=0)


def _look_out_for(order: Future[Answer], end: float) -> None:
    while not order.done() and time.monotonic() < end:
        wait([order], timeout=LOOK_UP)
        end_run_if_outdated()


@cache
def turnstile() -> Turnstile:
    """Where pages wait for their turn to be drawn."""
    return Turnstile(end_run_if_outdated)


def load_own(name: str) -> None:
    """Have a data set of somebody's own loaded; others are drawn while the store is asked for it.

    To be called first, and within nothing that Streamlit caches: whoever asked for the same there
    would wait for this reader, who waits for the turn. Raises DatasetError and StoreError.
    """
    if is_own(name):
        with turnstile().outside():
            datasets.dataset(name)


def comparison(scenario: Scenario, late: Callable[[], None] = lambda: None) -> Comparison:
    """The plan of `scenario` against its baseline; raises EquityError. `late` as in `outcome`."""
    return outcome(scenario, late).compare(baseline(scenario))


def baseline(scenario: Scenario) -> Outcome:
    """The plan that `scenario` is compared with; raises EquityError."""
    try:
        return outcome(scenario.baseline_scenario())
    except InfeasibleError as error:
        raise without_baseline(scenario, error) from error


def ways_to_serve(scenario: Scenario) -> dict[str, float | str]:
    """The smallest changes that let all demand of `scenario` be served; raises EquityError."""
    if is_light(scenario):
        return _light_ways(scenario)
    return _fulfilled(Wish(orders.ways_desk()), scenario)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Scenario: to_query})
def _light_ways(scenario: Scenario) -> dict[str, float | str]:
    return shortfall.ways_to_serve(scenario, datasets.dataset(scenario.dataset))


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Scenario: to_query})
def worth_holds(scenario: Scenario, field: str) -> RoomRange | None:
    """How far the worth of a limit that binds reaches.

    None for a large data set, where solving again and again would hold the page up.
    """
    if not is_light(scenario):
        return None
    plan = outcome(scenario)
    use = next(use for use in plan.limits if use.field == field)
    return sensitivity.room_range(plan, datasets.dataset(scenario.dataset), use, _pool())


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Scenario: to_query})
def planned_apart(scenario: Scenario) -> Apart | None:
    """What waits and what does not, each planned alone; None for a large data set, as above."""
    if not is_light(scenario):
        return None
    return apart.planned_apart(scenario, datasets.dataset(scenario.dataset))


def without_goal(scenario: Scenario, field: str) -> Outcome | None:
    """The plan without one of several goals; None for a large data set, for the same reason."""
    return outcome(with_limit(scenario, field, None)) if is_light(scenario) else None
