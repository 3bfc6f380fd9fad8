"""Compare: scenarios side by side under names of the reader's, two in full, and policies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import streamlit as st

from equity_core.errors import DatasetError
from equity_core.inputs.dataset import Dataset
from ui.jobs import datasets
from ui.panels import downloads, frame, pointer
from ui.panels.beside import desk
from ui.session import lineup, state
from ui.theme import look_of


def compare() -> None:
    """The table of scenarios with two of them in full, then the policies of the paper."""
    st.html('<h1 class="ee-headline">Which of these scenarios asks what of whom?</h1>')
    desk.lineup_part()
    desk.desk_panel(state.scenario(), state.view(), look_of(st.context.theme.type))
    pointer.hands(state.view().region)
    desk.policies_part(state.scenario())
    frame.footer(list(_sources()), downloads.link_here("compare"))


def _sources() -> Iterator[Dataset]:
    """The data sets of the table; a scenario of one that is not there says so in its column."""
    for name in lineup.data_sets():
        with suppress(DatasetError):
            yield datasets.dataset(name)


if __name__ == "__main__":
    frame.whole_app()
