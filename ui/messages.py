"""The edge of the page: an error becomes a sentence, and only here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from equity_core.errors import EquityError

APOLOGY = (
    "Something went wrong on our side and this part could not be drawn. The scenario is safe in "
    "the page's address. Please reload the page; if that does not help, reset the scenario."
)
_log = logging.getLogger("equity_explorer")


@contextmanager
def edge() -> Iterator[None]:
    """Nothing but a sentence reaches the reader; what was not foreseen goes to the log in full."""
    try:
        yield
    except EquityError as error:
        st.error(literal(str(error)), icon=":material/error:")
    except Exception:  # noqa: BLE001  the last stop before the reader: no traceback in a browser
        _log.exception("unexpected error on the page")
        st.error(APOLOGY, icon=":material/error:")


def link_problems(sentences: tuple[str, ...], dismiss: Callable[[], None]) -> None:
    """What was wrong with the link or the last change, until the reader puts it away."""
    if not sentences:
        return
    with st.container(key="link_problems"):
        st.warning(
            "\n\n".join(literal(sentence) for sentence in sentences[:5]), icon=":material/link:"
        )
        if len(sentences) > 5:
            st.caption(f"And {len(sentences) - 5} more.")
        st.button("Understood", key="dismiss_problems", on_click=dismiss)


def literal(sentence: str) -> str:
    """A sentence with a reader's own words in it, shown as written: no Markdown, no HTML."""
    special = "\\`*_{}[]()#+-.!|<>~$:"
    return "".join(f"\\{letter}" if letter in special else letter for letter in sentence)
