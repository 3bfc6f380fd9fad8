"""Cite and embed: texts to copy."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from equity_core.export import cite
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.byline import Byline
from equity_core.outcome.outcome import Comparison
from equity_core.text.opening.alone import quotable
from equity_core.text.scenario import period
from ui.session import state
from ui.settings import settings

SOURCES = (
    ("Text", "txt", cite.plain),
    ("BibTeX", "bib", cite.bibtex),
    ("RIS", "ris", cite.ris),
)
"""What each form of a source is called, how its file ends, and what makes it."""

WIDTH, HEIGHT = 900, 640
ONLY_OWN = (
    "This server lets only its own pages show it within them, so this code works nowhere else yet. "
    "Whoever runs the server can allow your site in EQUITY_FRAME_ANCESTORS."
)
BYLINE = {"author": "Author", "institution": "Institution", "date": "Date"}


def cite_menu(comparison: Comparison, dataset: Dataset, address: str) -> None:
    """The result as a sentence to quote, and its source as plain text, BibTeX and RIS, to copy or
    as files; sent only while the menu is open."""
    menu = st.popover("Cite", key="menu_cite", on_change="rerun")
    if menu.open:
        query = urlencode(state.query() | {"fingerprint": comparison.after.fingerprint})
        given = comparison, dataset, f"{address}?{query}"
        with menu:
            st.caption("Sentence to quote")
            st.code(quotable(comparison), language=None, wrap_lines=True)
            for words, ending, make in SOURCES:
                st.caption(words)
                st.code(make(*given), language=None, wrap_lines=True)
                _file(words, f"equity-{comparison.after.fingerprint}.{ending}", make(*given))


def _file(words: str, name: str, text: str) -> None:
    st.download_button(
        f"Download {words}",
        text,
        file_name=name,
        mime="text/plain",
        key=f"cite_{name.rpartition('.')[2]}",
        on_click="ignore",
        type="tertiary",
    )


def embed_menu(comparison: Comparison, dataset: Dataset, address: str) -> None:
    """The code that shows this result inside another page; it keeps its shape on a narrow one."""
    menu = st.popover("Embed", key="menu_embed", on_change="rerun")
    if menu.open:
        with menu:
            st.caption(f"An inline frame, {WIDTH} by {HEIGHT} pixels at most")
            st.code(embed_code(comparison, dataset, address), language="html", wrap_lines=True)
            if not settings().frame_ancestors:
                st.caption(ONLY_OWN)


def embed_code(comparison: Comparison, dataset: Dataset, address: str) -> str:
    """An inline frame with the page's scenario and view."""
    query = urlencode(state.query() | {"embed": "true"})
    words = f"Equity Explorer, simulation: {dataset.title}, {period(comparison.after)}"
    return (
        f'<iframe src="{escape(f"{address}?{query}")}" title="{escape(words)}" '
        f'width="{WIDTH}" height="{HEIGHT}" style="max-width: 100%; border: 0" loading="lazy">'
        "</iframe>"
    )


def byline() -> Byline:
    """Who hands the briefing over, as the reader has typed it; nobody by default."""
    st.caption("Sign it, if you like: this stands on the briefing and in its file, nowhere else.")
    typed = {
        name: st.text_input(label, key=f"byline_{name}", max_chars=80)
        for name, label in BYLINE.items()
    }
    return Byline(**typed)
