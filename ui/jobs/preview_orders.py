"""The plans that a preview mixes: computed beside the page, after all that a reader waits for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from typing import TypeVar

import streamlit as st

from equity_core import Scenario
from equity_core.preview.factors import LEVELS, Course, packed_courses, whole
from equity_core.preview.nodes import Node, gathered, grid_of
from equity_core.preview.packing import packed
from equity_core.scenario.link import to_query
from equity_core.scenario.records import MULTIPLIERS
from ui.jobs import datasets, orders, tasks
from ui.jobs.cache import is_light
from ui.jobs.requests import Answer, Desk, Question, Wish
from ui.jobs.workers.spread import Spread

SLICE, SLICE_OF_LARGE = 7, 1
"""Nodes that are solved at a time, in about a tenth of a second: what a reader asks meanwhile, a
frontier say, waits for no more than that."""

Thing = TypeVar("Thing")
OfRegion = tuple[Scenario, str]
"""A scenario, and the region whose factors are to be moved."""

MOST_BYTES, BYTES_OF_A_NODE = 2_000_000, 1_500
"""Seven grids of the paper's case, and a node, roughly."""


@st.cache_resource(show_spinner=False)
def nodes_desk() -> Desk[Scenario, list[list[Node]]]:
    """Where the nodes of a scenario are ordered (`grid_scenario` of it), slice by slice."""
    return Desk(
        lambda scenario, _: Spread(orders.long_lane().workers, tasks.nodes, _slices(scenario)),
        lambda slices: sum(map(len, slices)) * BYTES_OF_A_NODE,
        MOST_BYTES,
    )


class LatestWish(Wish[Question, Answer]):
    """What a reader waits for, of which only the latest question counts."""

    def give_up_but(self, asked: Question | None) -> None:
        """Stop what is under way for another question."""
        if self._question != asked:
            self.drop()

    def is_answered_for(self, asked: Question) -> bool:
        """Whether this is the answer that came last."""
        return self._question == asked and self._order is not None and self.is_answered


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def nodes_wish() -> LatestWish[Scenario, list[list[Node]]]:
    """The nodes this reader waits for; given up with another scenario, or a closed browser."""
    return LatestWish(nodes_desk())


@st.cache_resource(show_spinner=False)
def courses_desk() -> Desk[OfRegion, list[Course]]:
    """Where the plans along the factors of a region are ordered, slice by slice."""
    return Desk(
        lambda asked, _: Spread(orders.long_lane().workers, tasks.course, _parts(asked)),
        lambda courses: sum(course.amounts.nbytes for course in courses),
        MOST_BYTES,
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def courses_wish() -> LatestWish[OfRegion, list[Course]]:
    """The plans along the factors of the region that this reader has chosen."""
    return LatestWish(courses_desk())


def _parts(asked: OfRegion) -> list[tuple[Scenario, str, str, tuple[float, ...]]]:
    slices = _sliced(LEVELS, asked[0])
    return [(*asked, name, levels) for name in MULTIPLIERS for levels in slices]


def _slices(scenario: Scenario) -> list[tuple[Scenario, tuple[tuple[float, float], ...]]]:
    grid = grid_of(datasets.dataset(scenario.dataset))
    assert grid is not None, "can_preview says whether there is one"
    places = [(grid.water[row], grid.carbon[column]) for row, column in grid.path]
    return [(scenario, each) for each in _sliced(places, scenario)]


def _sliced(things: Sequence[Thing], scenario: Scenario) -> list[tuple[Thing, ...]]:
    """As many at a time as are solved in about a tenth of a second."""
    size = SLICE if is_light(scenario) else SLICE_OF_LARGE
    return [tuple(things[at : at + size]) for at in range(0, len(things), size)]


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Scenario: to_query})
def packed_nodes(scenario: Scenario, _slices: list[list[Node]]) -> str:
    """Solved nodes as JSON for the browser."""
    data = datasets.dataset(scenario.dataset)
    grid = grid_of(data)
    assert grid is not None, "nodes are solved on a grid"
    found = gathered(grid, datasets.fleet(scenario), list(chain.from_iterable(_slices)))
    return json.dumps(packed(found), separators=(",", ":"))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Scenario: to_query})
def packed_along(scenario: Scenario, site: str, _parts: list[Course]) -> str:
    """Plans along the factors of a region as JSON for the browser."""
    return json.dumps(packed_courses(whole(_parts)), separators=(",", ":"))
