"""What waiting buys, and when what waits runs: shown in "When" where load can wait."""

from __future__ import annotations

from html import escape

import streamlit as st

from equity_core.errors import InfeasibleError
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.waits import waits_of
from equity_core.scenario.limits import limits_set
from equity_core.text.load.waiting import NO_PLAN_AT_ONCE, apart_sentence, worth_of_waiting
from ui.charts import waiting
from ui.jobs import cache
from ui.panels import pointer
from ui.theme import look_of


def waiting_part(comparison: Comparison, fleet: Dataset) -> None:
    """Nothing where no load can wait."""
    after = comparison.after
    waits = waits_of(after, fleet)
    if waits is None:
        return
    hour = after.hours.hour.to_numpy()
    said = waiting.words(waits, hour)
    st.html(f'<p class="ee-text">{escape(_worth(after))}</p>')
    apart = None if limits_set(after.scenario) else cache.planned_apart(after.scenario)
    if apart is not None:
        st.html(f'<p class="ee-text">{escape(apart_sentence(after, apart))}</p>')
    figure = waiting.figure(waits, hour, look_of(st.context.theme.type))
    told = pointer.of_plan("hours at which load that can wait runs,", comparison)
    pointer.plot(figure, "when_waiting", "when-load-that-waits", said, told)
    st.html(f'<p class="ee-note">{escape(said)}</p>')


def _worth(after: Outcome) -> str:
    try:
        at_once = cache.outcome(after.scenario.replace(deferrable_share=0.0))
    except InfeasibleError:
        return NO_PLAN_AT_ONCE
    return worth_of_waiting(after.compare(at_once))
