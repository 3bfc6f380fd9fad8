"""Equity Explorer: page set-up and navigation only."""

from __future__ import annotations

import streamlit as st

from ui import controls, frame, messages, state

# No file is named like its address: Streamlit would open pages/method.py by itself, without this
# file, for the first visitor who comes by a deep link to /method.
PAGES = (
    st.Page("pages/explore_page.py", title="Explore", default=True),
    st.Page("pages/method_page.py", title="Method", url_path="method"),
)

st.set_page_config(page_title="Equity Explorer", layout="wide")
page = st.navigation(list(PAGES), position="hidden")
with messages.edge():
    state.begin()
    frame.style()
    frame.masthead(PAGES)
    controls.sidebar()
    messages.link_problems(state.problems(), state.dismiss_problems)
    page.run()
