"""What follows the draws and is shown once it is there: what matters most, the frontier's band."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import streamlit as st

from equity_core.errors import EquityError
from equity_core.inputs.dataset import Dataset
from equity_core.robustness.bands import points_of
from equity_core.robustness.draw import Draw
from equity_core.robustness.examine import Robustness
from equity_core.robustness.matters import influences, strongest
from ui import messages
from ui.jobs import cache, draw_orders
from ui.jobs.requests import Once
from ui.jobs.samples import Alone, Sample

PATIENCE, AGAIN = 0.2, 0.7
"""Seconds that a run waits for it, and after which it looks again."""

MATTERS, BAND = "what matters most", "the band of the frontier"
Curves = dict[float, list[Draw]]


@dataclass(frozen=True, eq=False)
class Further:
    """What is there of it.

    found    the draws, with what matters most where that is there
    curves   by scale of both weights the records of some draws; empty where there are none (yet)
    is_told  whether what matters most is there, so that nothing lacks in files
    waiting  what is being computed yet, in words
    failed   why something is not there, in sentences
    """

    found: Robustness
    curves: Curves
    is_told: bool = False
    waiting: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def further(sample: Sample, dataset: Dataset, found: Robustness) -> Further:
    """What is there soon; the rest comes with a later run, ordered here."""
    return _with_band(sample, _with_influences(sample, dataset, found))


def _with_influences(sample: Sample, dataset: Dataset, found: Robustness) -> Further:
    strong = strongest(sample.ranges, dataset, found.factors, found.draws)
    asked = Alone(sample.scenario, tuple(one for one, _ in strong))
    try:
        ends = cache.await_answer(draw_orders.alone_wish().order(asked), PATIENCE)
    except TimeoutError:
        return Further(found, {}, waiting=(MATTERS,))
    except EquityError as error:
        return Further(found, {}, failed=(f"What matters most is not known: {error}",))
    told = influences(dataset, strong, list(chain.from_iterable(ends)))
    return Further(replace(found, influences=told), {}, is_told=True)


def _with_band(sample: Sample, so_far: Further) -> Further:
    if not points_of(sample.scenario):
        return so_far
    try:
        parts = cache.await_answer(draw_orders.bands_wish().order(sample), PATIENCE)
    except TimeoutError:
        return replace(so_far, waiting=(*so_far.waiting, BAND))
    except EquityError as error:
        told = f"How far the frontier may be off is not known: {error}"
        return replace(so_far, failed=(*so_far.failed, told))
    return replace(so_far, curves=_curves(sample, so_far.found, list(chain.from_iterable(parts))))


def _curves(sample: Sample, found: Robustness, records: list[Draw]) -> Curves:
    """The records by scale: those of the scenario itself are there already."""
    beside = sample.beside(draw_orders.site_hours_of(sample.scenario))
    each = len(records) // len(beside)
    own = [found.expected, *found.draws[: each - 1]]
    apart = {scale: records[at * each : (at + 1) * each] for at, scale in enumerate(beside)}
    return apart | {1.0: own}


def rest(told: Further) -> None:
    """Says what is not there, and looks again until what is waited for is."""
    for sentence in told.failed:
        st.warning(messages.literal(sentence), icon=":material/error:")
    if told.failed:
        st.button("Try once more", key="robustness_once_more", on_click=_again)
    if told.waiting:
        _rest_to_come(told.waiting)


def _again() -> None:
    draw_orders.alone_wish().again()
    draw_orders.bands_wish().again()


@st.fragment(run_every=AGAIN)
def _rest_to_come(waiting: tuple[str, ...]) -> None:
    wishes: dict[str, Once[Any, Any]] = {
        MATTERS: draw_orders.alone_wish(),
        BAND: draw_orders.bands_wish(),
    }
    if any(wishes[what].is_answered for what in waiting):
        st.rerun()
    told = (f"{what} ({100 * wishes[what].share:.0f}%)" for what in waiting)
    st.caption(f"Being computed: {', '.join(told)}.")
