"""Saved scenarios: a title, a short link, and the address that the link stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from equity_core.errors import EquityError
from equity_core.scenario.address import SHORT, is_bare
from equity_core.scenario.link import to_query
from equity_core.scenario.presets import LANDING
from ui import messages, state

if TYPE_CHECKING:  # see _store
    from equity_core.store.store import SavedScenario


@dataclass(frozen=True)
class Found:
    """The address to show; what is kept under its short link, if any; and what went wrong."""

    address: Mapping[str, str]
    kept: SavedScenario | None = None
    blunders: tuple[str, ...] = ()


def found(address: Mapping[str, str]) -> Found:
    """What an address stands for; one that asks for nothing stands for the case to open on.

    Of one with a version the scenario is its own, and the short link in it gives the title alone:
    so it can be opened on any server.
    """
    if is_bare(address):
        return Found({**dict(parse_qsl(to_query(LANDING.scenario))), **address})
    if SHORT not in address:
        return Found(address)
    whole = "v" in address
    try:
        kept = _store().open_scenario(address[SHORT])
    except EquityError as error:
        if whole:
            return Found(address)
        return Found({}, blunders=(f"{error} The default scenario is shown instead.",))
    return Found(address if whole else dict(parse_qsl(kept.address)), kept)


def title_line() -> None:
    """Above the page: what the scenario was saved as, for whoever opens its link."""
    if title := state.title():
        st.html(f'<p class="ee-title">{escape(title)}</p>')


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
            address = {key: text for key, text in state.query().items() if key != SHORT}
            key = _store().save_scenario(title, urlencode(address))
            st.session_state["saved_link"] = title, f"?{SHORT}={key}"
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
