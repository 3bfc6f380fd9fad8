"""What pictures and tables do under the pointer (assets/pointer.js), and maps (map_pointer.js).

One invisible component for all of them: each costs the browser more with every change than the
picture that it would stand for.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from equity_core.outcome.outcome import Comparison
from equity_core.text.opening.alone import picture_title, placed
from equity_core.text.opening.small_print import Printed, small_print
from ui.assets import asset
from ui.charts.plotly import Figure, printed
from ui.jobs import datasets
from ui.panels.first import tour
from ui.session.keys import widget_value
from ui.streamlit_internals import ReadyFigure

NARROW_BELOW = 640  # pixels, as in style.css
KEY = "hands"
PREVIEW = (
    *("numbers.js", "glance.js", "mixing.js", "courses.js", "map.js", "picture.js"),
    "drag.js",
)
SCRIPTS = (
    *("streamlit.js", "map_pointer.js", "plots.js", "terms.js", "tour.js"),
    *(f"preview/{name}" for name in PREVIEW),
    "pointer.js",
)
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


def of_plan(what: str, comparison: Comparison) -> Printed:
    """What the picture of a plan takes along when it is saved; `what` it shows, within a title."""
    after = comparison.after
    title = placed(picture_title(what, comparison), after)
    return Printed(title, small_print(after, datasets.dataset(after.dataset_id)))


def plot(
    figure: Figure, key: str, name: str, words: str, told: Printed | None = None, **events: Any
) -> None:
    """Draw `figure`; `name` is that of its PNG, `words` what it shows, `events` as Streamlit's.

    `told` goes along with the PNG. The wheel is the page's, not the picture's.
    """
    unneeded = ["select2d", "lasso2d", "autoScale2d"]
    picture = {"format": "png", "filename": name, "scale": 2}
    bar = {"modeBarButtonsToRemove": unneeded, "toImageButtonOptions": picture}
    height = figure["layout"]["height"]
    config = bar | {"scrollZoom": False, "displaylogo": False}
    drawn = ReadyFigure(figure if told is None else printed(figure, told))
    st.plotly_chart(drawn, theme=None, height=height, key=key, config=config, alt=words, **events)


def narrow_screen() -> bool:
    """Whether the reader's window is a phone's: known from the second run on, False before."""
    return bool(widget_value(KEY, {}).get("narrow", False))
