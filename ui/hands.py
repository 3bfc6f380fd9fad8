"""What the page's own pictures and tables do under the pointer (ui/hands.js).

One invisible component for all of them: each costs the browser more with every change than the
picture that it would stand for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

NARROW_BELOW = 640  # pixels, as in style.css
KEY = "hands"
_hands = st.components.v2.component(
    "hands", js=(Path(__file__).parent / "hands.js").read_text(encoding="utf-8")
)


def hands(picked: Callable[[int], None]) -> None:
    """Copies the link, sorts tables, and hands the row of a clicked plan to `picked`."""

    def adopt() -> None:
        row = st.session_state[KEY]["picked"]
        if row is not None:
            picked(row)

    _hands(
        key=KEY,
        data={"narrowBelow": NARROW_BELOW, "narrow": narrow_screen()},
        on_picked_change=adopt,
        on_narrow_change=lambda: None,
    )


def narrow_screen() -> bool:
    """Whether the reader's window is a phone's: known from the second run on, False before."""
    return bool(st.session_state.get(KEY, {}).get("narrow", False))
