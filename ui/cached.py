"""All caching of the page, and only here; every store is bounded and shared by all readers.

A scenario is solved once for everybody, from what earlier solves left behind. What takes long is
worked on beside the page: plans of large data sets, frontiers. Python's own cache where twenty
looks a run must cost nothing, Streamlit's where two readers at once must not both begin.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Container
from concurrent.futures import Future, wait
from functools import cache, lru_cache, partial
from typing import TypeVar

import streamlit as st

from equity_core import Pool, Scenario, solve
from equity_core.errors import InfeasibleError
from equity_core.inputs.bundled.about import read_about
from equity_core.inputs.catalogue import bundled
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.periods import Period, periods_of
from equity_core.model.fleet import fleet_of
from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Comparison, Outcome, RoomRange
from equity_core.scenario.limits import with_limit
from equity_core.scenario.link import to_query
from equity_core.scenario.presets import LANDING
from equity_core.solvers import sensitivity, shortfall
from equity_core.solvers.border import alone
from equity_core.store.opening import open_named_dataset
from equity_core.text.headings import Records
from equity_core.text.plan_names import without_baseline
from ui import work
from ui.desk import Desk, Wish
from ui.places import Camera
from ui.shapes import Shape, shapes_of
from ui.turns import LOOK_UP, Turnstile
from ui.workers import Workers

FRONTIER_POINTS = 18  # 0, then 17 weights with the scenario's own in the middle

NEW_SITE = ("new_site_like", "new_site_mw", "new_site_latitude", "new_site_longitude")

LIGHT = 6_000
"""Sites times hours up to which a plan is solved here: in 10 to 40 ms, and without a process."""

PLAN_SECONDS, CURVE_SECONDS, FILE_SECONDS = 30.0, 60.0, 120.0
BEHIND = 15
"""Niceness of frontiers and files: they let plans and pages go first."""

MOST_BYTES_OF_PLANS, MOST_BYTES_OF_CURVES = 8_000_000, 1_000_000
MOST_BYTES_OF_FILES = 16_000_000
SMALL_PARTS, PLAN_OF_A_CURVE = 40_000, 1_000
"""Bytes of a plan beside its dispatch, and of one on a frontier, roughly."""

Answer = TypeVar("Answer")


@lru_cache(maxsize=8)
def dataset(name: str) -> Dataset:
    """The data set `name`; raises DatasetError."""
    return open_named_dataset(name)


def forget_datasets() -> None:
    """Look every data set up anew: one was removed."""
    dataset.cache_clear()


def fleet(scenario: Scenario) -> Dataset:
    """The data set of `scenario` with its new site, if it has one; raises EquityError."""
    if not scenario.new_site_like:
        return dataset(scenario.dataset)
    place = {name: getattr(scenario, name) for name in NEW_SITE}
    return _extended(Scenario(dataset=scenario.dataset, **place))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Scenario: to_query})
def _extended(scenario: Scenario) -> Dataset:
    return fleet_of(scenario, dataset(scenario.dataset))


@lru_cache(maxsize=8)
def periods(name: str) -> tuple[Period, ...]:
    """The periods that the data set `name` offers; raises DatasetError."""
    return periods_of(dataset(name).hours)


@lru_cache(maxsize=64)
def title(name: str) -> str:
    """The title of the data set `name`, without loading the figures of a bundled one."""
    folder = bundled().get(name)
    return read_about(folder / "dataset.json").title if folder else dataset(name).title


@lru_cache(maxsize=16)
def shapes(name: str, camera: Camera) -> tuple[Shape, ...]:
    """The polygons of the data set's regions, ready for the map."""
    return shapes_of(dataset(name), camera)


def outcome(scenario: Scenario) -> Outcome:
    """The certified plan of `scenario`; raises EquityError.

    A newer change of the same reader ends the wait for one that is solved beside the page: a large
    one, and any where other readers could be served in the meantime.
    """
    # A norm under fairest may bring every hour into doubt.
    light = _is_light(scenario) and scenario.measure != "lq"
    if light and not turnstile().is_sought:
        return _light_outcome(scenario)
    return _fulfilled(plan_wish(), scenario)


def _is_light(scenario: Scenario) -> bool:
    data = dataset(scenario.dataset)
    return len(data.site_ids) * len(data.hours) <= LIGHT


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Scenario: to_query})
def _light_outcome(scenario: Scenario) -> Outcome:
    return solve(scenario, dataset(scenario.dataset), pool=_pool())


@st.cache_resource(show_spinner=False)
def _pool() -> Pool:
    """The dispatches found so far."""
    return Pool()


def _fulfilled(wish: Wish[Scenario, Answer], scenario: Scenario) -> Answer:
    """The answer to a wish that is given up where this run ends before; raises EquityError."""
    try:
        return await_answer(wish.order(scenario))
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
        _look_up()


def _look_up() -> None:
    """Raises what ends this run where the reader has made a newer change."""
    st.session_state.get("scenario")


@cache
def turnstile() -> Turnstile:
    """Where pages wait for their turn to be drawn."""
    return Turnstile(_look_up)


def comparison(scenario: Scenario) -> Comparison:
    """The plan of `scenario` against its baseline; raises EquityError."""
    return outcome(scenario).compare(baseline(scenario))


def baseline(scenario: Scenario) -> Outcome:
    """The plan that `scenario` is compared with; raises EquityError."""
    try:
        return outcome(scenario.baseline_scenario())
    except InfeasibleError as error:
        raise without_baseline(scenario, error) from error


def ways_to_serve(scenario: Scenario) -> dict[str, float | str]:
    """The smallest changes that let all demand of `scenario` be served; raises EquityError."""
    if _is_light(scenario):
        return _light_ways(scenario)
    return _fulfilled(Wish(ways_desk()), scenario)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Scenario: to_query})
def _light_ways(scenario: Scenario) -> dict[str, float | str]:
    return shortfall.ways_to_serve(scenario, dataset(scenario.dataset))


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Scenario: to_query})
def worth_holds(scenario: Scenario, field: str) -> RoomRange | None:
    """How far the worth of a limit that binds reaches.

    None for a large data set, where solving again and again would hold the page up.
    """
    if not _is_light(scenario):
        return None
    plan = outcome(scenario)
    use = next(use for use in plan.limits if use.field == field)
    return sensitivity.room_range(plan, dataset(scenario.dataset), use, _pool())


def without_goal(scenario: Scenario, field: str) -> Outcome | None:
    """The plan without one of several goals; None for a large data set, for the same reason."""
    return outcome(with_limit(scenario, field, None)) if _is_light(scenario) else None


def curve_scenario(scenario: Scenario) -> Scenario:
    """The scenario that stands for all with the same frontier.

    A frontier scales both weights together, so only their ratio counts; the policy does not, and
    the baseline only where no region may be worse off than under it, which is in the world as set.
    """
    default = Scenario()
    baseline = scenario.baseline if scenario.no_region_worse else default.baseline
    compared = {"baseline": baseline, "baseline_world": default.baseline_world}
    equity = scenario.replace(policy="equity", **compared)
    size = equity.water_weight / default.water_weight
    size += equity.carbon_weight / default.carbon_weight
    if size == 0:
        return equity.replace(
            water_weight=default.water_weight, carbon_weight=default.carbon_weight
        )
    return equity.replace(
        water_weight=_rounded(2 * equity.water_weight / size),
        carbon_weight=_rounded(2 * equity.carbon_weight / size),
    )


def border_order(scenario: Scenario, footprint: str, place: str) -> Future[Records]:
    """The border of what is possible for a footprint within the limits of `scenario`."""
    return border_wish(place).order((alone(scenario, footprint), footprint))


def _rounded(weight: float) -> float:
    """Nine digits: weights of one ratio must not differ by rounding."""
    return float(f"{weight:.9g}")


def _desk(
    workers: Workers,
    task: Callable[..., Answer],
    size: Callable[[Answer], int],
    most_bytes: int = MOST_BYTES_OF_CURVES,
    always: Container[Scenario] = (),
) -> Desk[Scenario, Answer]:
    """Where `task`, a function of ui/work.py, is ordered for scenarios."""
    return Desk(
        lambda scenario, since: workers.worker_for(scenario.dataset).ask(
            task, scenario, since=since
        ),
        size,
        most_bytes,
        always,
    )


@st.cache_resource(show_spinner=False)
def plan_desk() -> Desk[Scenario, Outcome]:
    """Where plans of large data sets are ordered."""
    return _desk(
        plan_workers(),
        work.plan,
        lambda plan: plan.dispatch.nbytes + SMALL_PARTS,
        MOST_BYTES_OF_PLANS,
        (LANDING.scenario, LANDING.scenario.baseline_scenario()),
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def plan_wish() -> Wish[Scenario, Outcome]:
    """The plan this reader waits for; given up when the browser is closed."""
    return Wish(plan_desk())


@st.cache_resource(show_spinner=False)
def ways_desk() -> Desk[Scenario, dict[str, float | str]]:
    """Where it is asked what would let all demand be served."""
    return _desk(plan_workers(), work.ways, lambda _: SMALL_PARTS)


@st.cache_resource(show_spinner=False)
def plan_workers() -> Workers:
    """Who computes what a page shows first."""
    return Workers(_processes(), PLAN_SECONDS)


@st.cache_resource(show_spinner=False)
def frontier_desk() -> Desk[Scenario, Records]:
    """Where frontiers are ordered."""
    return _desk(
        frontier_workers(),
        partial(work.curve, points=FRONTIER_POINTS),
        lambda plans: PLAN_OF_A_CURVE * len(plans),
        always=(curve_scenario(LANDING.scenario),),
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def frontier_wish(place: str) -> Wish[Scenario, Records]:
    """The frontier this reader waits for at a `place`; given up when the browser is closed."""
    return Wish(frontier_desk())


@st.cache_resource(show_spinner=False)
def border_desk() -> Desk[tuple[Scenario, str], Records]:
    """Where borders of what is possible are ordered, by scenario and footprint."""
    return Desk(
        lambda wanted, since: (
            frontier_workers().worker_for(wanted[0].dataset).ask(work.border, *wanted, since=since)
        ),
        lambda plans: PLAN_OF_A_CURVE * len(plans),
        MOST_BYTES_OF_CURVES,
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def border_wish(place: str) -> Wish[tuple[Scenario, str], Records]:
    """The border this reader waits for at a `place`; given up when the browser is closed."""
    return Wish(border_desk())


@st.cache_resource(show_spinner=False)
def milestones_desk() -> Desk[Scenario, Milestones]:
    """Where it is asked what parts of the possible improvement cost."""
    return _desk(frontier_workers(), work.milestones, lambda _: PLAN_OF_A_CURVE)


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def milestones_wish() -> Wish[Scenario, Milestones]:
    """The milestones this reader waits for; given up when the browser is closed."""
    return Wish(milestones_desk())


@st.cache_resource(show_spinner=False)
def lens_desk() -> Desk[Scenario, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Where it is asked who loses under every lens."""
    return _desk(frontier_workers(), work.lenses, lambda _: SMALL_PARTS)


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def lens_wish() -> Wish[Scenario, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The lenses this reader waits for; given up when the browser is closed."""
    return Wish(lens_desk())


@st.cache_resource(show_spinner=False)
def frontier_workers() -> Workers:
    """Who computes what a page shows last."""
    return Workers(_processes(), CURVE_SECONDS, BEHIND)


@st.cache_resource(show_spinner=False)
def file_desk() -> Desk[tuple[Scenario, str, str], bytes]:
    """Where files for download are ordered, by scenario, name and address of its links."""
    return Desk(
        lambda wanted, since: (
            file_workers().worker_for(wanted[0].dataset).ask(work.file, *wanted, since=since)
        ),
        len,
        MOST_BYTES_OF_FILES,
    )


@st.cache_resource(show_spinner=False)
def file_workers() -> Workers:
    """Who makes files, and checks those of others."""
    return Workers(1, FILE_SECONDS, BEHIND)


def _processes() -> int:
    """How many workers of a kind: half the machine's processors."""
    return max(1, (os.cpu_count() or 1) // 2)
