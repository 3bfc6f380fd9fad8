"""Draws, what single figures do, other choices and their files: in parts, beside the page."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

import streamlit as st

from equity_core import Scenario
from equity_core.robustness.choices import Choice, Loser, options_of
from equity_core.robustness.draw import Draw
from equity_core.robustness.examine import Robustness
from ui.jobs import datasets, orders, tasks
from ui.jobs.requests import Desk, Once
from ui.jobs.samples import Alone, Sample
from ui.jobs.workers.cluster import Scheduler, scheduler_at
from ui.jobs.workers.pool import Workers
from ui.jobs.workers.spread import Spread, Takers
from ui.settings import settings

MOST_BYTES_OF_DRAWS, MOST_BYTES_BESIDE, BYTES_OF_A_DRAW = 32_000_000, 8_000_000, 3_000
"""One sample of 10,000 draws or eighty of 128; what follows them, of the last few; a record."""

LAST = 19
"""Niceness of draws, the highest there is: a frontier does not share a processor with them."""

Question = TypeVar("Question", bound=Hashable)


def _records_desk(
    task: Callable[..., list[Draw]],
    parts: Callable[[Question], list[tuple[Any, ...]]],
    most_bytes: int,
) -> Desk[Question, list[list[Draw]]]:
    """Where records are ordered whose question is worked on in `parts`."""
    return Desk(
        lambda asked, _: Spread(takers(), task, parts(asked)),
        lambda told: sum(map(len, told)) * BYTES_OF_A_DRAW,
        most_bytes,
    )


@st.cache_resource(show_spinner=False)
def draws_desk() -> Desk[Sample, list[list[Draw]]]:
    """Where draws are ordered; their records come part by part."""
    return _records_desk(
        tasks.draws,
        lambda sample: list(sample.parts(site_hours_of(sample.scenario))),
        MOST_BYTES_OF_DRAWS,
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Once.drop)
def draws_wish() -> Once[Sample, list[list[Draw]]]:
    """The draws this reader waits for; given up when the browser is closed."""
    return Once(draws_desk())


@st.cache_resource(show_spinner=False)
def alone_desk() -> Desk[Alone, list[list[Draw]]]:
    """Where it is ordered what single figures do by themselves."""
    return _records_desk(
        tasks.alone,
        lambda asked: [(asked.scenario, one) for one in asked.candidates],
        MOST_BYTES_BESIDE,
    )


@st.cache_resource(scope="session", show_spinner=False, on_release=Once.drop)
def alone_wish() -> Once[Alone, list[list[Draw]]]:
    """What this reader waits for of single figures; given up when the browser is closed."""
    return Once(alone_desk())


@st.cache_resource(show_spinner=False)
def bands_desk() -> Desk[Sample, list[list[Draw]]]:
    """Where the draws are ordered that a frontier's band needs besides, scale by scale."""
    return _records_desk(tasks.draws, _parts_beside, MOST_BYTES_BESIDE)


@st.cache_resource(scope="session", show_spinner=False, on_release=Once.drop)
def bands_wish() -> Once[Sample, list[list[Draw]]]:
    """The band this reader waits for; given up when the browser is closed."""
    return Once(bands_desk())


def _parts_beside(sample: Sample) -> list[tuple[Any, ...]]:
    site_hours = site_hours_of(sample.scenario)
    beside = sample.beside(site_hours).values()
    return [part for one in beside for part in one.parts(site_hours)]


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


@st.cache_resource(scope="session", show_spinner=False, on_release=Once.drop)
def choices_wish() -> Once[tuple[Scenario, Loser], list[Choice | None]]:
    """The choices this reader waits for; given up when the browser is closed."""
    return Once(choices_desk())


def robustness_file(found: Robustness, name: str, address: str) -> Future[bytes]:
    """A file about draws that are there: no desk keeps it, for it would keep the draws as well."""
    workers = orders.file_workers()
    return workers.ask(found.scenario, tasks.robustness_file, found, name, address).future


def takers() -> Takers:
    """Who draws: the cluster that EQUITY_SCHEDULER names, where it answers; else this machine."""
    there = scheduler()
    crew = None if there is None else there.crew
    return draw_workers() if crew is None else crew


@st.cache_resource(show_spinner=False, on_release=lambda there: there and there.close())
def scheduler() -> Scheduler | None:
    """The scheduler that the server was told of."""
    return scheduler_at(settings().scheduler)


@st.cache_resource(show_spinner=False)
def draw_workers() -> Workers:
    """Who works on draws, in parts: all processors, after all others."""
    return Workers(os.cpu_count() or 1, orders.CURVE * settings().solve_seconds, LAST)


def site_hours_of(scenario: Scenario) -> int:
    """Sites times hours of its data set."""
    data = datasets.dataset(scenario.dataset)
    return len(data.site_ids) * len(data.hours)
