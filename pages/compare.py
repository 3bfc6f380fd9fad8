"""Compare: scenarios side by side under names of the reader's, two in full, and policies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import streamlit as st

from equity_core.errors import DatasetError, StoreError
from equity_core.inputs.dataset import Dataset
from ui.jobs import cache, datasets
from ui.panels import downloads, frame, pointer
from ui.panels.beside import columns, desk
from ui.session import state
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
    asked = [column.scenario for column in columns.asked().columns if column.scenario]
    for name in dict.fromkeys(scenario.dataset for scenario in asked):
        with suppress(DatasetError, StoreError):
            cache.load_own(name)
            yield datasets.dataset(name)


if __name__ == "__main__":
    frame.whole_app()
