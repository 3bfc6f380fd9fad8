"""Draws under way: what is there so far, how long it takes yet, and a way to leave it."""

from __future__ import annotations

import time
from itertools import chain

import streamlit as st

from equity_core.errors import EquityError
from equity_core.inputs.dataset import Dataset
from equity_core.robustness.draw import Draw
from equity_core.robustness.examine import Robustness, gathered
from equity_core.robustness.matters import influences, strongest
from ui import messages
from ui.jobs import cache, draw_orders
from ui.jobs.samples import Alone, Sample
from ui.jobs.spread import Spread
from ui.panels.robustness import shown
from ui.session import keys
from ui.theme import Look

PATIENCE, AGAIN = 0.4, 0.7
"""Seconds that a run waits for draws, and after which it looks again."""


def drawn(sample: Sample, dataset: Dataset, look: Look) -> Robustness | None:
    """What all draws come to, once they are there; meanwhile those that are, else why not."""
    left = keys.DRAWING_LEFT.get()
    if left is not None and left[0] != sample:
        keys.DRAWING_LEFT.forget()
    elif left is not None:
        st.info(messages.literal(left[1]), icon=":material/pause_circle:")
        st.button("Draw again", key="robustness_again", on_click=keys.DRAWING_LEFT.forget)
        return None
    try:
        parts = cache.await_answer(draw_orders.draws_wish().order(sample), PATIENCE)
    except TimeoutError:
        _progress(sample, dataset, look, time.monotonic())
        return None
    except EquityError as error:
        st.error(messages.literal(str(error)), icon=":material/error:")
        return None
    return _with_influences(sample, dataset, list(chain.from_iterable(parts)))


def _with_influences(sample: Sample, dataset: Dataset, records: list[Draw]) -> Robustness:
    """What single figures do by themselves, where that is there soon; else without."""
    found = gathered(sample.scenario, dataset, sample.ranges, records)
    strong = strongest(sample.ranges, dataset, found.factors, found.draws)
    asked = Alone(sample.scenario, tuple(one for one, _ in strong))
    try:
        ends = cache.await_answer(draw_orders.alone_wish().order(asked), PATIENCE)
    except (TimeoutError, EquityError):
        return found
    both = list(chain.from_iterable(ends))
    told = influences(dataset, strong, both)
    return gathered(sample.scenario, dataset, sample.ranges, records, told)


def is_complete() -> bool:
    """Whether all that was asked for is there."""
    return draw_orders.alone_wish().is_answered


@st.fragment(run_every=AGAIN)
def rest_to_come() -> None:
    """Looks again until what single figures do is there."""
    if is_complete():
        st.rerun()
    st.caption("What matters most is being computed.")


@st.fragment(run_every=AGAIN)
def _progress(sample: Sample, dataset: Dataset, look: Look, since: float) -> None:
    """Looks again and again, by itself, until all draws are there; then the page is drawn."""
    if keys.DRAWING_LEFT.get() is not None:  # cancelled: do not order anew
        st.rerun()
    order = draw_orders.draws_wish().order(sample)
    if order.done():
        try:
            order.result()
        except EquityError as error:  # asked again at once, it would take as long again
            keys.DRAWING_LEFT.keep((sample, str(error)))
        st.rerun()
    records = _so_far()
    done, of = max(0, len(records) - 1), sample.ranges.draws
    st.progress(done / of, f"{done:,} of {of:,} draws are there{_left(done, of, since)}.")
    st.button("Cancel", key="robustness_cancel", on_click=_leave, args=(sample, done))
    if done:
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
