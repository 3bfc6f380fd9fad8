"""What is worked on beside the page, and for whom: plans of large data sets, frontiers, files."""

from __future__ import annotations

import os
from collections.abc import Callable, Container
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

import streamlit as st

from equity_core import Scenario
from equity_core.online.film import Film
from equity_core.outcome.byline import Byline
from equity_core.outcome.drawn import Drawn
from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Outcome
from equity_core.scenario.lineup import Named
from equity_core.scenario.presets import LANDING
from equity_core.solvers.border import alone
from equity_core.text.headings import Records
from ui.jobs import tasks
from ui.jobs.plays import Play
from ui.jobs.requests import Desk, Wish
from ui.jobs.workers.lanes import Lanes, LongLane, all_files_take_long
from ui.jobs.workers.pool import Workers
from ui.settings import settings

FRONTIER_POINTS = 18  # 0, then 17 weights with the scenario's own in the middle

CURVE, FILE = 2, 4
"""How many times as long as a plan a frontier and a file may take."""

SHORT_PLAN, SHORT_CURVE, SHORT_FILE = 3.0, 8.0, 30.0
"""Seconds after which a question goes on among the long ones, so that no short one waits for it."""

MOVES_ON = 2.0
"""Seconds more that a process may take to see it."""

BEHIND, WAITED_FOR = 15, 5
"""Niceness of frontiers, and of files, for which somebody has pressed a button: both let plans and
pages go first. Without it p95 of twenty readers is 1.8 times as long (docs/decisions/0015)."""

MOST_BYTES_OF_PLANS, MOST_BYTES_OF_CURVES = 8_000_000, 1_000_000

MOST_BYTES_OF_FILES = 16_000_000

SMALL_PARTS, PLAN_OF_A_CURVE = 40_000, 1_000
"""Bytes of a plan beside its dispatch, and of one on a frontier, roughly."""

Answer = TypeVar("Answer")


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
    lanes: Lanes,
    task: Callable[..., Answer],
    size: Callable[[Answer], int],
    most_bytes: int = MOST_BYTES_OF_CURVES,
    always: Container[Scenario] = (),
) -> Desk[Scenario, Answer]:
    """Where `task`, a function of ui/jobs/tasks.py, is ordered for scenarios."""
    return Desk(
        lambda scenario, since: lanes.ask(scenario, task, scenario, since=since),
        size,
        most_bytes,
        always,
    )


@st.cache_resource(show_spinner=False)
def plan_desk() -> Desk[Scenario, Outcome]:
    """Where plans of large data sets are ordered."""
    return _desk(
        plan_workers(),
        tasks.plan,
        lambda plan: plan.dispatch.nbytes + SMALL_PARTS,
        MOST_BYTES_OF_PLANS,
        (LANDING.scenario, LANDING.scenario.baseline_scenario()),
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def plan_wish() -> Wish[Scenario, Outcome]:
    """The plan this reader waits for; given up when the browser is closed."""
    return Wish(plan_desk())


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def column_wish(place: str) -> Wish[Scenario, Outcome]:
    """A plan of the table of scenarios, by its place there; given up when the browser is closed."""
    return Wish(plan_desk())


@st.cache_resource(show_spinner=False)
def ways_desk() -> Desk[Scenario, dict[str, float | str]]:
    """Where it is asked what would let all demand be served."""
    return _desk(plan_workers(), tasks.ways, lambda _: SMALL_PARTS)


@st.cache_resource(show_spinner=False)
def plan_workers() -> Lanes:
    """Who computes what a page shows first."""
    given = settings().solve_seconds
    return Lanes(Workers(_processes(), SHORT_PLAN, grace=MOVES_ON), long_lane(), given)


@st.cache_resource(show_spinner=False)
def long_lane() -> LongLane:
    """Who works on what takes long, at low priority, one question a worker at a time."""
    return LongLane.of(Workers(_processes(), settings().solve_seconds, BEHIND))


@st.cache_resource(show_spinner=False)
def frontier_desk() -> Desk[Scenario, Records]:
    """Where frontiers are ordered."""
    return _desk(
        frontier_workers(),
        partial(tasks.curve, points=FRONTIER_POINTS),
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
        lambda wanted, since: frontier_workers().ask(wanted[0], tasks.border, *wanted, since=since),
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
    return _desk(frontier_workers(), tasks.milestones, lambda _: PLAN_OF_A_CURVE)


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def milestones_wish() -> Wish[Scenario, Milestones]:
    """The milestones this reader waits for; given up when the browser is closed."""
    return Wish(milestones_desk())


@st.cache_resource(show_spinner=False)
def lens_desk() -> Desk[Scenario, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Where it is asked who loses under every lens."""
    return _desk(frontier_workers(), tasks.lenses, lambda _: SMALL_PARTS)


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def lens_wish() -> Wish[Scenario, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The lenses this reader waits for; given up when the browser is closed."""
    return Wish(lens_desk())


@st.cache_resource(show_spinner=False)
def foresight_desk() -> Desk[Play, Film]:
    """Where scenarios are played hour by hour."""
    return Desk(
        lambda play, since: frontier_workers().ask(
            play.scenario, tasks.foresight, play, since=since
        ),
        lambda film: film.nbytes + SMALL_PARTS,
        MOST_BYTES_OF_PLANS,
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def foresight_wish(place: str) -> Wish[Play, Film]:
    """What this reader watches at a `place`; given up when the browser is closed."""
    return Wish(foresight_desk())


@st.cache_resource(show_spinner=False)
def foresight_file_desk() -> Desk[tuple[Play, str], bytes]:
    """Where files about what was played are ordered, by play and name."""
    return Desk(
        lambda wanted, since: file_workers().ask(
            wanted[0].scenario, tasks.foresight_file, *wanted, since=since, part=wanted[1]
        ),
        len,
        MOST_BYTES_OF_FILES,
    )


@st.cache_resource(show_spinner=False)
def frontier_workers() -> Lanes:
    """Who computes what a page shows last; among the long questions plans go first."""
    short = Workers(_processes(), SHORT_CURVE, BEHIND, MOVES_ON)
    given = settings().solve_seconds
    return Lanes(short, long_lane(), CURVE * given, behind=given)


@st.cache_resource(show_spinner=False)
def file_desk() -> Desk[tuple[Scenario, str, str, Byline, Drawn], bytes]:
    """Where files for download are ordered: by scenario, name, and what a briefing says besides."""
    return Desk(
        lambda wanted, since: file_workers().ask(
            wanted[0],
            tasks.file,
            *wanted,
            since=since,
            part=wanted[1],
            is_long=all_files_take_long(wanted[0], wanted[1]),
        ),
        len,
        MOST_BYTES_OF_FILES,
    )


@st.cache_resource(show_spinner=False)
def table_file_desk() -> Desk[tuple[tuple[Named, ...], str, str], bytes]:
    """Where files of a table of scenarios are ordered: by entries, name and address of links."""
    return Desk(
        lambda wanted, since: file_workers().ask(
            Scenario(), tasks.table_file, *wanted, since=since, part=wanted[1]
        ),
        len,
        MOST_BYTES_OF_FILES,
    )


@st.cache_resource(show_spinner=False)
def file_workers() -> Lanes:
    """Who makes files: long ones apart, for somebody waits for them, too.

    At the priority of what nobody has pressed a button for, all files of a year took minutes among
    fifty readers.
    """
    short = Workers(1, SHORT_FILE, WAITED_FOR, MOVES_ON)
    long = LongLane.of(Workers(1, settings().solve_seconds, WAITED_FOR))
    return Lanes(short, long, FILE * settings().solve_seconds)


@st.cache_resource(show_spinner=False)
def check_workers() -> Workers:
    """Who checks files of others: what they state may take long, and no file waits for that."""
    return Workers(1, FILE * settings().solve_seconds, BEHIND)


@st.cache_resource(show_spinner=False)
def prepare_files() -> None:
    """Have the maker of files ready before somebody asks for one: its libraries take a second.

    Once a server, when a first page has been drawn.
    """
    file_workers().ask(Scenario(), tasks.prepare_files)


def _processes() -> int:
    """How many workers of a kind: half the machine's processors."""
    return max(1, (os.cpu_count() or 1) // 2)
