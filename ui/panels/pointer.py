"""What pictures and tables do under the pointer (assets/pointer.js), and maps (map_pointer.js).

One invisible component for all of them: each costs the browser more with every change than the
picture that it would stand for.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.assets import asset
from ui.charts.plotly import Figure
from ui.panels.first import tour
from ui.session.keys import widget_value

NARROW_BELOW = 640  # pixels, as in style.css
KEY = "hands"
SCRIPTS = ("streamlit.js", "map_pointer.js", "plots.js", "terms.js", "tour.js", "pointer.js")
_hands = st.components.v2.component("hands", js=f"const STEPS = {tour.as_json()};{asset(*SCRIPTS)}")


def hands(region: str) -> None:
    """Copies the link, sorts tables, minds maps, zooms pictures again that are drawn anew.

    `region` is the one whose factors are open; a click on a map brings them into view.
    """
    _hands(
        key=KEY,
        data={"narrowBelow": NARROW_BELOW, "narrow": narrow_screen(), "region": region},
        on_narrow_change=lambda: None,
    )


def plot(figure: Figure, key: str, name: str, words: str, **events: Any) -> None:
    """Draw `figure`; `name` is that of its PNG, `words` what it shows, `events` as Streamlit's.

    The wheel is the page's, not the picture's.
    """
    unneeded = ["select2d", "lasso2d", "autoScale2d"]
    picture = {"format": "png", "filename": name, "scale": 2}
    bar = {"modeBarButtonsToRemove": unneeded, "toImageButtonOptions": picture}
    height = figure["layout"]["height"]
    config = bar | {"scrollZoom": False, "displaylogo": False}
    st.plotly_chart(figure, theme=None, height=height, key=key, config=config, alt=words, **events)


def narrow_screen() -> bool:
    """Whether the reader's window is a phone's: known from the second run on, False before."""
    return bool(widget_value(KEY, {}).get("narrow", False))
