"""Draws, what single figures do, other choices and their files: in parts, beside the page."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import streamlit as st

from equity_core import Scenario
from equity_core.robustness.choices import Choice, Loser, options_of
from equity_core.robustness.draw import Draw
from ui.jobs import datasets, orders, tasks
from ui.jobs.pool import Workers
from ui.jobs.requests import Desk, Wish
from ui.jobs.samples import Alone, Sample
from ui.jobs.spread import Spread

MOST_BYTES_OF_DRAWS, BYTES_OF_A_DRAW = 32_000_000, 3_000
"""Some eighty samples of 128 draws, and a record, roughly."""


Question = TypeVar("Question", bound=Hashable)


def _records_desk(
    task: Callable[..., list[Draw]], parts: Callable[[Question], list[tuple[Any, ...]]]
) -> Desk[Question, list[list[Draw]]]:
    """Where records are ordered whose question is worked on in `parts`."""
    return Desk(
        lambda asked, _: Spread(draw_workers(), task, parts(asked)),
        lambda told: sum(map(len, told)) * BYTES_OF_A_DRAW,
        MOST_BYTES_OF_DRAWS,
    )


@st.cache_resource(show_spinner=False)
def draws_desk() -> Desk[Sample, list[list[Draw]]]:
    """Where draws are ordered; their records come part by part."""
    return _records_desk(
        tasks.draws, lambda sample: list(sample.parts(_site_hours(sample.scenario)))
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def draws_wish() -> Wish[Sample, list[list[Draw]]]:
    """The draws this reader waits for; given up when the browser is closed."""
    return Wish(draws_desk())


@st.cache_resource(show_spinner=False)
def alone_desk() -> Desk[Alone, list[list[Draw]]]:
    """Where it is ordered what single figures do by themselves."""
    return _records_desk(
        tasks.alone, lambda asked: [(asked.scenario, one) for one in asked.candidates]
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def alone_wish() -> Wish[Alone, list[list[Draw]]]:
    """What this reader waits for of single figures; given up when the browser is closed."""
    return Wish(alone_desk())


@st.cache_resource(show_spinner=False)
def choices_desk() -> Desk[tuple[Scenario, Loser], list[Choice | None]]:
    """Where it is asked which choice makes somebody else the worst off."""
    return Desk(
        lambda asked, _: Spread(
            draw_workers(), tasks.choice, [(*asked, *option) for option in options_of(asked[0])]
        ),
        lambda tried: len(tried) * BYTES_OF_A_DRAW,
        orders.MOST_BYTES_OF_CURVES,
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Wish.drop)
def choices_wish() -> Wish[tuple[Scenario, Loser], list[Choice | None]]:
    """The choices this reader waits for; given up when the browser is closed."""
    return Wish(choices_desk())


@st.cache_resource(show_spinner=False)
def robustness_file_desk() -> Desk[tuple[Sample, str], bytes]:
    """Where files about draws are ordered, by sample and name."""
    return Desk(
        lambda wanted, since: orders.file_workers().ask(
            wanted[0].scenario,
            tasks.robustness_file,
            wanted[0].scenario,
            wanted[0].ranges,
            wanted[1],
            since=since,
        ),
        len,
        orders.MOST_BYTES_OF_FILES,
    )


@st.cache_resource(show_spinner=False)
def draw_workers() -> Workers:
    """Who works on draws, in parts: all processors, after all others."""
    return Workers(os.cpu_count() or 1, orders.CURVE_SECONDS, orders.BEHIND)


def _site_hours(scenario: Scenario) -> int:
    data = datasets.dataset(scenario.dataset)
    return len(data.site_ids) * len(data.hours)
