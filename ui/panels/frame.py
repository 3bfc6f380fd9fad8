"""What every page has: the style sheet, the name and the way to the other pages."""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from equity_core import __version__
from equity_core.inputs.dataset import Dataset
from equity_core.text.opening.purpose import purpose
from ui.assets import asset
from ui.session import state
from ui.theme import look_of, variables

STYLE = asset("style.css", "print.css", "streamlit.css", "preview/preview.css")


def style() -> None:
    """The style sheet, with the colours of the theme the reader's browser asks for."""
    st.html(f"<style>{variables(look_of(st.context.theme.type))}{STYLE}</style>")


@st.fragment(run_every=timedelta(days=1))
def comes_back() -> None:
    """Nothing to see: for the sake of its clock the browser asks for the page anew where its socket
    was lost. Else one that comes to another server would show a page whose changes nobody knows.
    """


def skips() -> None:
    """Ways past all controls of Explore, the first that the keyboard comes to."""
    with st.sidebar:
        st.html(
            '<nav class="ee-skips" aria-label="Skip"><button type="button" '
            'data-skips-to=".ee-table-root">To the figures of all regions</button>'
            '<button type="button" data-opens="factor_table">To the factors of all regions'
            "</button></nav>"
        )


def masthead(pages: Sequence[Page]) -> None:
    """The product's name and the pages. Each link carries the scenario, so that a page switch is
    one step of the browser's history and every step has a complete address."""
    with st.sidebar:
        st.html('<div class="ee-name">Equity Explorer</div>')
        with st.container(horizontal=True, gap="small", key="pages"):
            for page in pages:
                st.page_link(page, query_params=state.query())


def purpose_line(dataset: Dataset) -> None:
    """Who we are, in two lines above every page; the second one opens, and closes once read."""
    question, readers = map(escape, purpose(dataset))
    is_open = " open" if state.is_opening() else ""
    with st.container(key="purpose"):
        st.html(
            f'<details class="ee-purpose"{is_open}><summary>{question}</summary>'
            f"<p>{readers}</p></details>"
        )


def footer(told: Sequence[Dataset], link: str, of_plan: Sequence[str] = ()) -> None:
    """Where the figures of a page come from, in one line; on paper the link to it, too."""
    sources = " · ".join(dict.fromkeys(dataset.attribution for dataset in told))
    data = "; ".join(f"{each.title} ({each.id}, version {each.version})" for each in told)
    parts = f"Source: {sources}", f"Data: {data}", *of_plan, f"Equity Explorer {__version__}"
    on_paper = f'<span class="ee-on-paper">{escape(link)}</span>'
    st.html(f'<footer class="ee-footer">{escape(" · ".join(parts))}{on_paper}</footer>')


def whole_app() -> None:
    """The app from its start, for a page that Streamlit opens by itself: it does so for the first
    deep link after a start, before it knows that app.py minds the pages."""
    runpy.run_path(str(Path(__file__).parents[2] / "app.py"), run_name="__main__")
