"""Equity Explorer: page set-up and navigation only."""

from __future__ import annotations

import streamlit as st

from ui import controls, frame, messages, state

# Not in a folder named `pages` beside this file: Streamlit would open one of those by itself,
# without this file, for the first visitor who comes by a deep link.
PAGES = (
    st.Page("ui/pages/explore.py", title="Explore", default=True),
    st.Page("ui/pages/method.py", title="Method", url_path="method"),
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
