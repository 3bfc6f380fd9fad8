"""What pictures and tables do under the pointer (assets/pointer.js), and maps (map_pointer.js).

One invisible component for all of them: each costs the browser more with every change than the
picture that it would stand for.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.assets import asset
from ui.session.keys import widget_value

NARROW_BELOW = 640  # pixels, as in style.css
KEY = "hands"
_hands = st.components.v2.component(
    "hands", js=asset("streamlit.js", "map_pointer.js", "pointer.js")
)


def hands(region: str, picked: Callable[[int], None] = lambda _: None) -> None:
    """Copies the link, sorts tables, minds maps, hands the row of a clicked plan to `picked`.

    `region` is the one whose factors are open; a click on a map brings them into view.
    """

    def adopt() -> None:
        row = widget_value(KEY)["picked"]
        if row is not None:
            picked(row)

    _hands(
        key=KEY,
        data={"narrowBelow": NARROW_BELOW, "narrow": narrow_screen(), "region": region},
        on_picked_change=adopt,
        on_narrow_change=lambda: None,
    )


def narrow_screen() -> bool:
    """Whether the reader's window is a phone's: known from the second run on, False before."""
    return bool(widget_value(KEY, {}).get("narrow", False))
