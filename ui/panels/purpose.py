"""Who we are, in two lines above every page; one line once the reader has begun to use it."""

from __future__ import annotations

from html import escape

import streamlit as st

from equity_core.inputs.dataset import Dataset
from equity_core.text.opening.purpose import purpose
from ui.session import state


def purpose_line(dataset: Dataset) -> None:
    """What is simulated, at what scale, for whom: the second line opens and closes."""
    question, readers = map(escape, purpose(dataset))
    is_open = " open" if state.is_opening() else ""
    with st.container(key="purpose"):
        st.html(
            f'<details class="ee-purpose"{is_open}><summary>{question}</summary>'
            f"<p>{readers}</p></details>"
        )
