"""Keeping the scenario on the page under a title, with a short link."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from equity_core import logs
from equity_core.scenario.address import SHORT
from ui import messages
from ui.jobs import cache
from ui.session import keys, saved, state


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
        with messages.edge(), cache.turnstile().outside():
            address = {key: text for key, text in state.query().items() if key != SHORT}
            short = saved.store().save_scenario(title, urlencode(address))
            logs.note("scenario_saved", bytes=len(urlencode(address)))
            keys.SAVED_LINK.keep((title, f"?{SHORT}={short}"))
            keys.SAVED_REMOVAL.keep(saved.removals().grant("scenarios", short))
    if kept := keys.SAVED_LINK.get():
        name, link = kept
        st.markdown(f"{messages.literal(name)}: open or copy this link.")
        st.code(_base() + link, language=None, wrap_lines=True)
        removal_code(keys.SAVED_REMOVAL.get())
    st.caption("Kept on this server for whoever has the link. The page's own address works, too.")


def removal_code(secret: str) -> None:
    """The removal link of what was just saved; nothing where there is none to give."""
    if secret:
        st.caption("To remove it later, keep this removal link: it is shown in this tab alone.")
        st.code(saved.removal_link(secret, _base()), language=None, wrap_lines=True)


def _base() -> str:
    """The page's address without its query; only the path where the browser has not said."""
    url = (st.context.url or "/").partition("?")[0]
    return url if urlsplit(url).path else f"{url}/"
