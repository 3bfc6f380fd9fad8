"""A plotly picture on the page: frame and mode bar for all, words for who cannot see it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.charts.plotly import Figure


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
