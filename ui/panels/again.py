"""The browser asks again for what is still computed beside the page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.session import keys

ASK_AGAIN_JS = """
export default function ({ data, setTriggerValue }) {
  const timer = setTimeout(() => setTriggerValue("tick", data.asked), 1000 * data.after);
  return () => clearTimeout(timer);
}
"""
# Not `run_every`: a fragment that runs by the clock cannot have the panel around it redrawn.
_ask_again = st.components.v2.component("ask_again", js=ASK_AGAIN_JS)


def ask_again(key: str, when_asked: Callable[[], None] | None = None, after: float = 0.0) -> None:
    """Have the browser run the fragment around it once more, `after` seconds from now.

    `when_asked` is called before.
    """
    asked = keys.ASKED.get() + 1  # a new number makes it ask once more
    keys.ASKED.keep(asked)
    _ask_again(
        key=key, data={"asked": asked, "after": after}, on_tick_change=when_asked or _nothing
    )


def _nothing() -> None:
    """A component tells what happened only to a callback."""
