"""Before and after as two small maps with one legend, for pages that bring their own words."""

from __future__ import annotations

import re
from io import BytesIO
from textwrap import fill

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from equity_core.figures.colours import Scale, burden_scale
from equity_core.figures.projection import (
    BORDER,
    INK,
    MUTED,
    WORLD,
    Bounds,
    Frame,
    Site,
    as_unit,
    draw_markers,
    draw_panel,
    frame_for,
    free_place,
    inset,
    with_sizes,
)
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.geography import countries, site_regions
from equity_core.outcome.outcome import Comparison
from equity_core.text.caveats import short_caveat
from equity_core.text.numbers import number, unit_text
from equity_core.text.quantities import Quantity

WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 7.2, 2.12, 300
HALF = 0.5
SURPLUS_DIGITS = re.compile(rb"(?<=[ML] )(-?\d+\.\d\d)\d+ (-?\d+\.\d\d)\d+")
"""A hundredth of a point is finer than any printer: half the size of the file."""

INSETS = (0.0, 0.14), (0.365, 0.14), (0.18, 0.14), (0.0, 0.53)
"""Where an inset may stand in its half: left and bottom, parts of the picture."""
LETTERS = 7.5
CAVEAT_WIDTH = 84
"""Characters of a line of the caveat, left of the legend."""


def before_after_svg(comparison: Comparison, dataset: Dataset, quantity: Quantity) -> bytes:
    """The burden by region under the baseline and under the plan, in the same colours, as SVG."""
    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    there = [site for site in comparison.sites if not comparison.is_added(site)]
    table = comparison.table
    pair = table.loc[there, f"{quantity.column}_before"], table[f"{quantity.column}_after"]
    scale = burden_scale(pd.concat(pair))
    shapes = site_regions(dataset).geometry
    for at, (title, values) in enumerate(zip(("Before", "After"), pair, strict=True)):
        left = at * HALF
        figure.text(left + 0.005, 0.99, title, va="top", size=LETTERS + 1, color=INK, weight="bold")
        _draw_half(figure, left, _sites(dataset, values, scale), shapes.reindex(values.index))
    _draw_legend(figure, scale, quantity)
    _draw_caveat(figure, short_caveat(comparison.after, dataset))
    buffer = BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    return SURPLUS_DIGITS.sub(rb"\1 \2", buffer.getvalue())


def _sites(dataset: Dataset, values: pd.Series, scale: Scale) -> list[Site]:
    places = dataset.sites.loc[values.index, ["longitude", "latitude"]].to_numpy(dtype=float)
    return [
        Site(float(longitude), float(latitude), str(site), "", scale.rgb(float(value)))
        for site, value, (longitude, latitude) in zip(values.index, values, places, strict=True)
    ]


def _draw_half(figure: Figure, left: float, sites: list[Site], shapes: gpd.GeoSeries) -> None:
    """One map, and an inset of neighbours who would hide each other on it."""
    frame = frame_for(sites, shapes)
    height = 0.81 if frame == WORLD else 0.755  # a close-up fills its box, up to the title
    axes = _draw_map(figure, (left, 0.14, HALF - 0.01, height), frame, sites, shapes, 7)
    close = inset(frame, sites, shapes)
    offered = [(left + aside, bottom, 0.125, 0.42) for aside, bottom in INSETS]
    place = free_place(figure, axes, frame, sites, offered) if close is not None else None
    if close is not None and place is not None:
        _draw_map(figure, place, close, sites, shapes, 9)


def _draw_map(
    figure: Figure,
    place: Bounds,
    frame: Frame,
    sites: list[Site],
    shapes: gpd.GeoSeries,
    size: float,
) -> Axes:
    axes = figure.add_axes(place)
    draw_panel(axes, frame, countries().geometry, shapes, [as_unit(site.colour) for site in sites])
    inside = [site for site in with_sizes(sites, shapes, axes, frame) if frame.holds(site)]
    draw_markers(axes, inside, frame, size)
    return axes


def _draw_caveat(figure: Figure, words: str) -> None:
    """Beside the legend: drawings are taken out of the page that they stand on."""
    text = fill(words, CAVEAT_WIDTH)
    figure.text(0.005, 0.015, text, size=LETTERS - 2.2, color=MUTED, parse_math=False)


def _draw_legend(figure: Figure, scale: Scale, quantity: Quantity) -> None:
    bar = figure.add_axes((0.61, 0.075, 0.355, 0.035))
    bar.imshow(scale.ramp()[np.newaxis], aspect="auto", extent=(scale.low, scale.high, 0.0, 1.0))
    bar.set_xticks(scale.ticks(), [number(tick, 4) for tick in scale.ticks()])
    bar.set_yticks([])
    bar.tick_params(length=2, width=0.5, color=MUTED, labelsize=LETTERS - 1, labelcolor=INK, pad=1)
    for side in bar.spines.values():
        side.set(color=BORDER, linewidth=0.5)
    words = f"{quantity.label}, {unit_text(quantity.unit)}"
    figure.text(0.6, 0.075, words, fontsize=LETTERS, color=INK, ha="right", parse_math=False)
