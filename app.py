"""Equity Explorer: page set-up and navigation only."""

from __future__ import annotations

from ui.jobs import memory  # isort: skip

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from pages.compare import compare
from pages.data import data
from pages.explore import explore
from pages.foresight import foresight
from pages.goals import goals
from pages.method import method
from pages.robustness import robustness
from pages.verify import verify
from ui import messages
from ui.jobs import cache, datasets
from ui.panels import embed, frame, save
from ui.served.heads import page_title
from ui.session import state
from ui.sidebar import sidebar
from ui.tallies import tallies

ICON = Path(__file__).parent / "static" / "favicon.png"
EXPLORE = ""
ONLY_DATA = ("data", "method")


def main() -> None:
    """One run of whichever page the address names, when its turn has come."""
    with tallies().of("page"), cache.turnstile().turn():
        try:
            run()
        finally:
            memory.settle()


def run() -> None:
    """The page from top to bottom."""
    pages = [
        st.Page(explore, title="Explore", default=True),
        st.Page(goals, title="Goals", url_path="goals"),
        st.Page(compare, title="Compare", url_path="compare"),
        st.Page(foresight, title="Foresight", url_path="foresight"),
        st.Page(robustness, title="Robustness", url_path="robustness"),
        st.Page(data, title="Data", url_path="data"),
        st.Page(method, title="Method", url_path="method"),
        st.Page(verify, title="Verify", url_path="verify"),
    ]
    page = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=page_title(page.url_path), page_icon=ICON, layout="wide")
    with messages.edge():
        state.begin()
        frame.style()
        frame.comes_back()
        if not embed.is_embedded():
            if page.url_path == EXPLORE:
                frame.skips()
            frame.masthead(pages)
            _controls(page)
        messages.link_problems(state.problems(), state.dismiss_problems)
        if not embed.is_embedded():
            frame.purpose_line(datasets.dataset(state.scenario().dataset))
        save.title_line()
        page.run()


def _controls(page: Page) -> None:
    """Those that the page uses: none on Verify, the data set alone where no plan is shown."""
    if page.url_path in ONLY_DATA:
        sidebar.only_dataset()
    elif page.url_path != "verify":
        sidebar.sidebar()
        save.save_panel()


if __name__ == "__main__":
    main()
