"""Saved scenarios: a title, a short link, and the address that the link stands for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from equity_core.errors import EquityError
from ui import messages, state

KEY = "saved"  # /?saved=KEY


def resolved(address: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The address that a short link stands for, any other as it is; and what went wrong."""
    if KEY not in address:
        return dict(address), ()
    try:
        found = _store().open_scenario(address[KEY])
    except EquityError as error:
        return {}, (f"{error} The default scenario is shown instead.",)
    return dict(parse_qsl(found.address)), ()


def save_panel() -> None:
    """In the sidebar: keep the scenario on the page under a title."""
    with st.sidebar:
        panel = st.popover(
            "Save under a title", icon=":material/bookmark:", key="save", on_change="rerun"
        )
    if panel.open:
        with panel:
            _form()


def _form() -> None:
    """A title, and then the link."""
    with st.form("save_scenario", border=False, enter_to_submit=True):
        title = st.text_input("Title", max_chars=120, key="save_title")
        pressed = st.form_submit_button("Save")
    if pressed:
        with messages.edge():
            key = _store().save_scenario(title, urlencode(state.query()))
            st.session_state["saved_link"] = title, f"?{KEY}={key}"
    if st.session_state.get("saved_link"):
        name, link = st.session_state["saved_link"]
        st.markdown(f"{messages.literal(name)}: open or copy this link.")
        st.code(_base() + link, language=None, wrap_lines=True)
    st.caption("Kept on this server for whoever has the link. The page's own address works, too.")


def _base() -> str:
    """The page's address without its query; only the path where the browser has not said."""
    url = (st.context.url or "/").partition("?")[0]
    return url if urlsplit(url).path else f"{url}/"


def _store() -> Any:
    # Not at the top: a database library takes a moment to load, and few visits need it.
    return import_module("equity_core.store.store").Store()
