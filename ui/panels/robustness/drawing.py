"""Draws under way: what is there so far, how long it takes yet, and a way to leave it."""

from __future__ import annotations

import time
from concurrent.futures import Future
from contextlib import suppress
from itertools import chain

import streamlit as st

from equity_core.errors import EquityError
from equity_core.inputs.dataset import Dataset
from equity_core.robustness.draw import Draw
from equity_core.robustness.examine import Robustness, gathered
from ui import messages
from ui.jobs import cache, draw_orders
from ui.jobs.samples import Sample
from ui.jobs.workers import cluster
from ui.jobs.workers.spread import Spread
from ui.panels.robustness import shown
from ui.session import keys
from ui.theme import Look

LOOK, PATIENCE, AGAIN = 0.05, 1.0, 0.7
"""Seconds between looks for the first draws, that a run waits for them, and after which it looks
again."""


def look_for_cluster() -> None:
    """Says so where a cluster is named that does not answer."""
    there = draw_orders.scheduler()
    if there is None:
        return
    with suppress(TimeoutError, EquityError):
        cache.await_answer(*there.looked_for())
    if there.crew is None:
        st.caption(cluster.AWAY)


def drawn(sample: Sample, dataset: Dataset, look: Look) -> Robustness | None:
    """What all draws come to, once they are there; meanwhile those that are, else why not."""
    left = keys.DRAWING_LEFT.get()
    if left is not None and left[0] != sample:
        keys.DRAWING_LEFT.forget()
    elif left is not None:
        st.info(messages.literal(left[1]), icon=":material/pause_circle:")
        st.button("Draw again", key="robustness_again", on_click=keys.DRAWING_LEFT.forget)
        shown.question()
        return None
    wish = draw_orders.draws_wish()
    try:
        parts = _unless_some_are_there(wish.order(sample))
    except TimeoutError:
        _progress(sample, dataset, look, time.monotonic())
        return None
    except EquityError as error:
        st.error(messages.literal(str(error)), icon=":material/error:")
        st.button("Draw again", key="robustness_again", on_click=wish.again)
        shown.question()
        return None
    return gathered(sample.scenario, dataset, sample.ranges, list(chain.from_iterable(parts)))


def _unless_some_are_there(order: Future[list[list[Draw]]]) -> list[list[Draw]]:
    """All draws; raises TimeoutError as soon as some are there to be shown meanwhile."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return cache.await_answer(order, LOOK)
        except TimeoutError:
            if len(_so_far()) > 1 or time.monotonic() > end:
                raise


@st.fragment(run_every=AGAIN)
def _progress(sample: Sample, dataset: Dataset, look: Look, since: float) -> None:
    """Looks again and again, by itself, until all draws are there; then the page is drawn."""
    if keys.DRAWING_LEFT.get() is not None:  # cancelled: do not order anew
        st.rerun()
    if draw_orders.draws_wish().order(sample).done():
        st.rerun()
    records = _so_far()
    done, of = max(0, len(records) - 1), sample.ranges.draws
    st.progress(done / of, f"{done:,} of {of:,} draws are there{_left(done, of, since)}.")
    st.button("Cancel", key="robustness_cancel", on_click=_leave, args=(sample, done))
    if not done:
        shown.question()
    else:
        found = gathered(sample.scenario, dataset, sample.ranges, records)
        shown.verdict(found)
        shown.pictures(found, look)


def _so_far() -> list[Draw]:
    job = draw_orders.draws_wish().under_way
    return list(chain.from_iterable(job.so_far)) if isinstance(job, Spread) else []


def _left(done: int, of: int, since: float) -> str:
    """ "; about 12 s to go", once some are there."""
    gone = time.monotonic() - since
    if not done or gone < 2 * AGAIN:
        return ""
    seconds = gone * (of - done) / done
    return f"; about {max(1, round(seconds))} s to go"


def _leave(sample: Sample, done: int) -> None:
    """Stop what is drawn and remember it."""
    draw_orders.draws_wish().drop()
    keys.DRAWING_LEFT.keep((sample, f"Left after {done:,} of {sample.ranges.draws:,} draws."))
