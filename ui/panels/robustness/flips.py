"""Which choice of the reader would make somebody else the worst off: tried when asked for."""

from __future__ import annotations

import streamlit as st

from equity_core import Scenario
from equity_core.answers.other_choices import choice_table, flips_sentence, usual_sentence
from equity_core.errors import EquityError
from equity_core.inputs.dataset import Dataset
from equity_core.robustness.choices import Choice, Loser, loser_of, options_of
from ui import messages
from ui.jobs import cache, draw_orders
from ui.jobs.workers.spread import Spread

PATIENCE, AGAIN = 0.4, 1.0
"""Seconds that a run waits for choices, and after which it looks again."""


def panel(scenario: Scenario, dataset: Dataset) -> None:
    """A part that stands closed; opened, it tries one choice after another beside the page."""
    part = st.expander(
        "Which choice would make somebody else the worst off?",
        key="robustness_flips",
        on_change="rerun",
    )
    if not part.open:
        return
    with part:
        try:
            comparison = cache.comparison(scenario)
            usual = loser_of(comparison)
            names = comparison.after.site_names
            st.caption(messages.literal(usual_sentence(usual, dataset, names)))
            tried = cache.await_answer(
                draw_orders.choices_wish().order((scenario, usual)), PATIENCE
            )
            _table(tried, dataset, names)
        except TimeoutError:
            _rest(scenario, usual, dataset, names)
        except EquityError as error:
            st.error(messages.literal(str(error)), icon=":material/error:")


@st.fragment(run_every=AGAIN)
def _rest(scenario: Scenario, usual: Loser, dataset: Dataset, names: dict[str, str]) -> None:
    """Looks again, by itself, until all are tried."""
    wish = draw_orders.choices_wish()
    if wish.order((scenario, usual)).done():
        st.rerun()
    job = wish.under_way
    tried = job.so_far if isinstance(job, Spread) else []
    st.progress(wish.share, f"{len(tried)} of {len(options_of(scenario))} choices are tried.")
    _table(tried, dataset, names)


def _table(tried: list[Choice | None], dataset: Dataset, names: dict[str, str]) -> None:
    some = [choice for choice in tried if choice is not None]
    if not some:
        return
    st.caption(
        f"{flips_sentence(some)} A rise is told in % of the largest burden of one region under "
        "the baseline; one choice is changed at a time, the figures stay as they stand."
    )
    with st.container(key="robustness_choices"):
        st.table(choice_table(some, dataset, names).map(messages.literal).set_index("Choice"))
