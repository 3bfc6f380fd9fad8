"""Equity Explorer: page set-up and navigation only."""

from __future__ import annotations

from ui.jobs import memory  # isort: skip

import streamlit as st

from pages.compare import compare
from pages.data import data
from pages.explore import explore
from pages.foresight import foresight
from pages.goals import goals
from pages.method import method
from pages.verify import verify
from ui import messages
from ui.jobs import cache
from ui.panels import embed, frame, save
from ui.session import state
from ui.sidebar import sidebar


def main() -> None:
    """One run of whichever page the address names, when its turn has come."""
    with cache.turnstile().turn():
        try:
            run()
        finally:
            memory.settle()


def run() -> None:
    """The page from top to bottom."""
    st.set_page_config(page_title="Equity Explorer", layout="wide")
    pages = [
        st.Page(explore, title="Explore", default=True),
        st.Page(goals, title="Goals", url_path="goals"),
        st.Page(compare, title="Compare", url_path="compare"),
        st.Page(foresight, title="Foresight", url_path="foresight"),
        st.Page(data, title="Data", url_path="data"),
        st.Page(method, title="Method", url_path="method"),
        st.Page(verify, title="Verify", url_path="verify"),
    ]
    page = st.navigation(pages, position="hidden")
    with messages.edge():
        state.begin()
        frame.style()
        if not embed.is_embedded():
            frame.masthead(pages)
            sidebar.sidebar()
            save.save_panel()
        messages.link_problems(state.problems(), state.dismiss_problems)
        save.title_line()
        page.run()


if __name__ == "__main__":
    main()
