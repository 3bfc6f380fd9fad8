"""The map for print: title, sentence, map with legend, sources and fingerprint, as bytes.

The same result gives the same bytes: no dates, no random ids.
"""

from __future__ import annotations

from textwrap import fill

import geopandas as gpd
import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from equity_core.errors import EquityError, shown
from equity_core.figures.colours import Scale, scale_for
from equity_core.figures.labels import Lettering
from equity_core.figures.letters import lettered, letters_note
from equity_core.figures.metadata import metadata
from equity_core.figures.page import MARGIN, balanced, fitting, saved, write
from equity_core.figures.projection import (
    BORDER,
    INK,
    MUTED,
    PAPER,
    Bounds,
    Frame,
    Site,
    as_unit,
    draw_land_key,
    draw_markers,
    draw_panel,
    frame_for,
    free_place,
    inset,
    with_sizes,
)
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset, citations
from equity_core.inputs.places.geography import countries, site_regions
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.provenance import provenance
from equity_core.text.caveats import short_caveat
from equity_core.text.nouns import region_noun
from equity_core.text.numbers import amount, change, large, unit_text
from equity_core.text.opening.alone import alone, picture_title
from equity_core.text.opening.headline import headline_sentences
from equity_core.text.opening.setting import years
from equity_core.text.plan_names import plan_name
from equity_core.text.quantities import Quantity, find_quantity

FORMATS = ("png", "svg", "pdf")
VIEWS = ("change", "burden")
WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 11.0, 7.0, 300
LEFT, RIGHT = MARGIN, 0.965
INSETS = (
    (LEFT, 0.125, 0.255, 0.39),
    (RIGHT - 0.255, 0.21, 0.255, 0.39),
    (0.37, 0.21, 0.255, 0.39),
    (LEFT, 0.45, 0.255, 0.39),
)
"""Where an inset may stand: left, bottom, width and height, parts of the picture."""
CAVEAT_TOP, SENTENCE_TOP, MAP_TOP, MAP_BOTTOM = 0.925, 0.898, 0.845, 0.2
CAVEAT_LINE, SENTENCE_LINE = 0.0241, 0.0265
"""Heights in the picture, and those of a line: the map gives way to words that need more lines."""
TITLE_POINTS, TITLE_LETTERS = 17.0, 70
"""The size of a title, and the letters of it that fill the width: longer ones are set smaller."""
CARD_START = {"cost_usd": "price", "energy_mwh": "demand"}


def map_picture(
    comparison: Comparison,
    dataset: Dataset,
    quantity: str,
    view: str,
    format: str,  # noqa: A002
) -> bytes:
    """The map of `quantity` (a burden column such as "water_m3") as a PNG, SVG or PDF file.

    `view` is "change" (against the baseline) or "burden" (under the plan); `format` "png", "svg"
    or "pdf". The scenario's fingerprint is drawn and written into the file's metadata. Raises
    EquityError for an unknown quantity, view or format.
    """
    return map_file(
        map_figure(comparison, dataset, quantity, view), comparison, quantity, view, format
    )


def map_figure(comparison: Comparison, dataset: Dataset, quantity: str, view: str) -> Figure:
    """The map of `map_picture`, drawn once for files of all formats."""
    _check("map view", view, VIEWS)
    chosen = find_quantity(comparison.after.footprints, quantity)
    figure = _page(lettered(comparison), dataset, chosen, view)
    write(figure, 0.0405, letters_note(comparison), fontsize=7, color=INK)
    return figure


def map_file(
    figure: Figure,
    comparison: Comparison,
    quantity: str,
    view: str,
    format: str,  # noqa: A002
) -> bytes:
    """The file of a `map_figure`."""
    _check("picture format", format, FORMATS)
    heading = title(comparison, find_quantity(comparison.after.footprints, quantity), view)
    return saved(figure, format, metadata(comparison.after, heading, format))


def _check(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise EquityError(f"There is no {what} {shown(value)}; choose one of {', '.join(known)}.")


def title(comparison: Comparison, quantity: Quantity, view: str) -> str:
    """What the map shows, without numbers: simulated, against what, and when."""
    one, _ = region_noun(comparison.after.dataset_id)
    if view == "change":
        return picture_title(f"change in {quantity.noun} by {one}", comparison)
    name, when = plan_name(comparison.after), years(comparison.after)
    return f"Simulated {quantity.noun} by {one} under {name}, {when}"


def _page(comparison: Comparison, dataset: Dataset, quantity: Quantity, view: str) -> Figure:
    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, facecolor=PAPER)
    canvas = FigureCanvasAgg(figure)
    part = "change" if view == "change" else "after"
    values = comparison.table[f"{quantity.column}_{part}"]
    scale = scale_for(view, values)
    regions = site_regions(dataset).geometry.reindex(values.index)
    sites = map_sites(comparison, dataset, quantity, view, scale)
    frame = frame_for(sites, regions)
    top = _draw_opening(figure, comparison, dataset)
    box = LEFT, MAP_BOTTOM, RIGHT - LEFT, top - MAP_BOTTOM
    draw_maps(figure, canvas, frame, regions, sites, box)
    draw_legend(figure, scale, quantity, view, (0.56, 0.138, 0.36, 0.018))
    _draw_words(figure, comparison, dataset, quantity, view, frame)
    return figure


def _draw_opening(figure: Figure, comparison: Comparison, dataset: Dataset) -> float:
    """The caveat and the headline below the title; gives the height at which the map may end."""
    caveat = fill(short_caveat(comparison.after, dataset), 146)
    sentence = balanced(alone(headline_sentences(comparison)[0], comparison), 127)
    below = SENTENCE_TOP - CAVEAT_LINE * caveat.count("\n")
    write(figure, CAVEAT_TOP, caveat, fontsize=9, color=MUTED)
    write(figure, below, sentence, fontsize=10, color=INK)
    return min(MAP_TOP, below - SENTENCE_LINE * (sentence.count("\n") + 1.5))


def map_sites(
    comparison: Comparison, dataset: Dataset, quantity: Quantity, view: str, scale: Scale
) -> list[Site]:
    """A marker a region, with its value in words and the colour of it."""
    written = change if view == "change" else amount
    values = comparison.table[f"{quantity.column}_{'change' if view == 'change' else 'after'}"]
    names = comparison.after.site_names
    return Site.each(values, dataset, names, lambda x: written(x, quantity.unit), scale.rgb)


def draw_maps(
    figure: Figure,
    canvas: FigureCanvasAgg,
    frame: Frame,
    regions: gpd.GeoSeries,
    sites: list[Site],
    box: Bounds,
) -> None:
    """The map in its box (left, bottom, width and height, parts of the picture), and an inset of
    neighbours who would hide each other on it."""
    renderer: RendererBase = canvas.get_renderer()  # type: ignore[no-untyped-call]
    land, fills = countries().geometry, [as_unit(site.colour) for site in sites]
    whole = figure.add_axes(box)
    draw_panel(whole, frame, land, regions, fills)
    sites = with_sizes(sites, regions, whole, frame)
    draw_markers(whole, sites, frame, 20)
    close = inset(frame, sites, regions)
    place = free_place(figure, whole, frame, sites, INSETS) if close is not None else None
    near, covered = [], []
    if close is not None and place is not None:
        near = [site for site in sites if close.holds(site)]
        panel = figure.add_axes(place, zorder=3)
        draw_panel(panel, close, land, regions, fills)
        draw_markers(panel, near, close, 26)
        Lettering(panel, renderer, 8).draw(near, close)
        covered = [panel.get_window_extent(renderer)]
    far = [site for site in sites if site not in near]
    Lettering(whole, renderer, 8.5).draw(far, frame, covered, near)


def draw_legend(figure: Figure, scale: Scale, quantity: Quantity, view: str, box: Bounds) -> None:
    """The colour bar with five values, its unit and, for a change, its direction in words."""
    bar = figure.add_axes(box)
    bar.imshow(scale.ramp()[np.newaxis], aspect="auto", extent=(scale.low, scale.high, 0.0, 1.0))
    ticks = scale.ticks()
    plus = "+" if scale.low < 0 else ""
    bar.set_xticks(ticks, [f"{plus if tick > 0 else ''}{large(tick, 4)}" for tick in ticks])
    bar.set_yticks([])
    bar.tick_params(length=3, width=0.6, color=MUTED, labelsize=8.5, labelcolor=INK)
    for side in bar.spines.values():
        side.set(color=BORDER, linewidth=0.6)
    words = f"{quantity.label}, {unit_text(quantity.unit)}"
    if view == "change":
        words = f"{words}: blue less, red more"
    left, bottom, width, height = box
    draw_land_key(figure, left + width - 0.06, bottom + 1.5 * height, 0.8 * height, 8.5)
    bar.set_title(words, fontsize=8.5, color=INK, loc="left", pad=5, parse_math=False)


def _draw_words(
    figure: Figure,
    comparison: Comparison,
    dataset: Dataset,
    quantity: Quantity,
    view: str,
    frame: Frame,
) -> None:
    heading = title(comparison, quantity, view)
    size = fitting(heading, TITLE_POINTS, TITLE_LETTERS)
    write(figure, 0.97, heading, fontsize=size, color=INK, fontweight="bold")
    write(
        figure,
        0.077,
        balanced(source_line(comparison.after, dataset, quantity, frame.name), 195),
        fontsize=7,
        color=MUTED,
    )
    write(figure, 0.022, fingerprint_line(comparison), fontsize=7, color=MUTED)


def source_line(outcome: Outcome, dataset: Dataset, quantity: Quantity, projection: str) -> str:
    """Sources, dates and licences of the figures behind a quantity, then those of the map."""
    start = CARD_START.get(quantity.column, quantity.column)
    hours = outcome.hours
    period = f"{counted(len(hours), 'hour')} from {hours[0]:%Y-%m-%d} to {hours[-1]:%Y-%m-%d}"
    sources = "; ".join(citations(dataset.cards_of(start))) or dataset.attribution
    return (
        f"{dataset.title}: {period}. Source: {sources}. Boundaries: Natural Earth "
        f"(public domain). Colours: F. Crameri, Scientific colour maps. {projection} projection."
    )


def fingerprint_line(comparison: Comparison) -> str:
    """What makes the picture repeatable: scenario, baseline, data and product versions."""
    origin = provenance(comparison.after)
    return (
        f"Scenario {origin['fingerprint']}, baseline {comparison.before.fingerprint}, data "
        f"{origin['dataset']} {origin['data_version']}, Equity Explorer {origin['product_version']}"
    )
