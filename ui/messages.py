"""The edge of the page: an error becomes a sentence, and only here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from equity_core import logs
from equity_core.errors import EquityError, SolverError, StoreAwayError

APOLOGY = (
    "Something went wrong on our side and this part could not be drawn. The scenario is safe in "
    "the page's address. Please reload the page; if that does not help, reset the scenario. "
    "Whoever runs this server finds the reason in the log under the number {number}."
)


@contextmanager
def edge() -> Iterator[None]:
    """Nothing but a sentence reaches the reader; what was not foreseen goes to the log."""
    try:
        yield
    except EquityError as error:
        st.error(literal(told(error)), icon=":material/error:")
    except Exception as error:  # noqa: BLE001  the last stop before the reader: no traceback in a browser
        unforeseen(error)


def unforeseen(error: Exception) -> bool:
    """The same for what a click led to, before the page was drawn; that the reader was told."""
    number = logs.failure("page_failed", error)
    st.error(APOLOGY.format(number=number), icon=":material/error:")
    return True


def told(error: EquityError) -> str:
    """The sentence for the reader; a fault of the server's is logged, and the number said."""
    match error:
        case StoreAwayError():
            number = logs.failure("store_failed", error, reason=error.reason.replace(" ", "_"))
        case SolverError():
            number = logs.failure("solve_failed", error)
        case _:
            return str(error)
    return f"{error} (Number {number} in the log.)"


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
