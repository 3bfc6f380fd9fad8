"""One large map of the change by region, fit to the data, for pages that bring their own words.

Triangles say in black and white what the colours say: up for more, down for less.
"""

from __future__ import annotations

import re
from io import BytesIO
from textwrap import fill

import geopandas as gpd
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from equity_core.figures.colours import Scale, change_scale
from equity_core.figures.labels import Lettering
from equity_core.figures.projection import (
    BORDER,
    INK,
    MUTED,
    SEA,
    WORLD,
    Bounds,
    Frame,
    Site,
    as_unit,
    draw_land,
    draw_land_key,
    draw_panel,
    draw_shapes,
    fitted,
    frame_for,
    free_place,
    inset,
    points_of,
)
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.geography import countries, site_regions
from equity_core.outcome.outcome import Comparison
from equity_core.text.caveats import short_caveat
from equity_core.text.numbers import LARGE, NO_CHANGE, change, number, signed, unit_text
from equity_core.text.quantities import Quantity

WIDTH_INCHES, LOWEST, HIGHEST, DOTS_PER_INCH = 7.2, 3.6, 4.4, 300
LEGEND_INCHES, MARGIN = 0.58, 0.03
SURPLUS_DIGITS = re.compile(rb"(?<=[ML] )(-?\d+\.\d\d)\d+ (-?\d+\.\d\d)\d+")
"""A hundredth of a point is finer than any printer: half the size of the file."""
CAVEAT_WIDTH = 170
LETTERS, INSET_LETTERS = 7.0, 6.0
MORE, LESS, SAME = "^", "v", "o"
INSETS = ((0.0, 0.16, 0.27, 0.44), (0.73, 0.16, 0.27, 0.44), (0.34, 0.16, 0.27, 0.44))
"""Where an inset may stand: left, bottom, width and height, parts of the picture."""


def region_map_svg(comparison: Comparison, dataset: Dataset, quantity: Quantity) -> bytes:
    """The change of a quantity in every region against the baseline, labelled, as SVG."""
    moved = comparison.table[f"{quantity.column}_change"]
    size, word = _size(float(np.nanmax(np.abs(moved))))
    scale = change_scale(moved / size)
    sites = _sites(comparison, dataset, quantity, scale, size)
    regions = site_regions(dataset).geometry.reindex(moved.index)
    frame = frame_for(sites, regions)
    bounds = fitted(frame, sites, regions)
    figure = Figure(figsize=(WIDTH_INCHES, _height(bounds)), dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    _draw_maps(figure, frame, bounds, sites, regions)
    unit = f"{word} {unit_text(quantity.unit)}".strip()
    _draw_legend(figure, scale, f"Change in {quantity.noun}, {unit}")
    caveat = fill(short_caveat(comparison.after, dataset), CAVEAT_WIDTH)
    figure.text(0.005, 0.01, caveat, size=LETTERS - 1.8, color=MUTED, parse_math=False)
    buffer = BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    return SURPLUS_DIGITS.sub(rb"\1 \2", buffer.getvalue())


def _size(largest: float) -> tuple[float, str]:
    """What figures are divided by so that labels stay short, and its word."""
    return next(((size, word) for size, word in LARGE if largest >= size), (1.0, ""))


def _height(bounds: Bounds) -> float:
    west, south, east, north = bounds
    shape = (north - south) / max(east - west, 1.0)
    return float(np.clip(WIDTH_INCHES * shape, LOWEST, HIGHEST)) + LEGEND_INCHES


def _sites(
    comparison: Comparison, dataset: Dataset, quantity: Quantity, scale: Scale, size: float
) -> list[Site]:
    def words(moved: float) -> str:
        told = change(moved, quantity.unit)
        return NO_CHANGE if told == NO_CHANGE else signed(moved / size)

    moved, names = comparison.table[f"{quantity.column}_change"], comparison.after.site_names
    return Site.each(moved, dataset, names, words, lambda x: scale.rgb(x / size))


def _draw_maps(
    figure: Figure, frame: Frame, bounds: Bounds, sites: list[Site], regions: gpd.GeoSeries
) -> None:
    """The map, and an inset of neighbours who would hide each other on it."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    bottom = LEGEND_INCHES / figure.get_figheight()
    whole = figure.add_axes((0.0, bottom, 1.0, 1 - bottom))
    _draw_fitted(whole, frame, bounds, sites, regions)
    close = inset(frame, sites, regions)
    place = free_place(figure, whole, frame, sites, INSETS) if close is not None else None
    near, covered = list[Site](), []
    if close is not None and place is not None:
        near = [site for site in sites if close.holds(site)]
        panel = figure.add_axes(place, zorder=3)
        draw_panel(panel, close, countries().geometry, regions, _fills(sites))
        _draw_marks(panel, near, close)
        Lettering(panel, renderer, INSET_LETTERS).draw(near, close)
        covered = [panel.get_window_extent(renderer)]
    far = [site for site in sites if site not in near]
    Lettering(whole, renderer, LETTERS).draw(far, frame, covered, near)


def _fills(sites: list[Site]) -> list[tuple[float, float, float]]:
    return [as_unit(site.colour) for site in sites]


def _draw_fitted(
    axes: Axes, frame: Frame, bounds: Bounds, sites: list[Site], regions: gpd.GeoSeries
) -> None:
    """Sea, land, regions and marks, as large as the box allows."""
    _show(axes, bounds)
    axes.set_axis_off()
    sea = Rectangle((0, 0), 1, 1, transform=axes.transAxes, facecolor=SEA, zorder=0)
    axes.add_patch(sea)
    land = countries().geometry
    draw_land(axes, land, frame)
    draw_shapes(axes, regions, frame, _fills(sites), INK, 0.35 if frame == WORLD else 0.5)
    _draw_marks(axes, sites, frame)


def _show(axes: Axes, bounds: Bounds) -> None:
    """Limits around the bounds with equal scales and a margin."""
    low, high = np.array(bounds[:2]), np.array(bounds[2:])
    size = axes.get_window_extent()
    spread = (high - low) * (1 + 2 * MARGIN)
    metres = max(spread[0] / size.width, spread[1] / size.height)
    half = metres * np.array([size.width, size.height]) / 2
    middle = (low + high) / 2
    axes.set_xlim(middle[0] - half[0], middle[0] + half[0])
    axes.set_ylim(middle[1] - half[1], middle[1] + half[1])


def _mark(site: Site) -> str:
    return {"+": MORE, "n": SAME}.get(site.value[:1], LESS)


def _draw_marks(axes: Axes, sites: list[Site], frame: Frame) -> None:
    for mark in (MORE, LESS, SAME):
        shown = [site for site in sites if _mark(site) == mark]
        if shown:
            east, north = points_of(shown, frame).T
            axes.scatter(
                east, north, s=22, marker=mark, c=_fills(shown), edgecolors=INK, linewidths=0.8,
                zorder=5,
            )  # fmt: skip


def _draw_legend(figure: Figure, scale: Scale, words: str) -> None:
    inch = 1 / figure.get_figheight()
    bar = figure.add_axes((0.63, 0.38 * inch, 0.33, 0.09 * inch))
    bar.imshow(scale.ramp()[np.newaxis], aspect="auto", extent=(scale.low, scale.high, 0.0, 1.0))
    written = [signed(tick, 4) if tick else number(tick) for tick in scale.ticks()]
    bar.set_xticks(scale.ticks(), written)
    bar.set_yticks([])
    bar.tick_params(length=2, width=0.5, color=MUTED, labelsize=LETTERS, labelcolor=INK, pad=1)
    for side in bar.spines.values():
        side.set(color=BORDER, linewidth=0.5)
    figure.text(
        0.61, 0.38 * inch, f"{words}  (▲ red: more, ▼ blue: less, ● no change)", fontsize=LETTERS,
        color=INK, ha="right", parse_math=False,
    )  # fmt: skip
    draw_land_key(figure, 0.005, 0.38 * inch, 0.09 * inch, LETTERS)
