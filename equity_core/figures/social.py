"""Pictures where they are posted: 1200 by 630 pixels, with words that hold without the page.

Fewer and larger words than in print; what is simulated, where, when and against what is in the
title, since it is all that is read of such a picture.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from equity_core.figures import frontier
from equity_core.figures import map as in_print
from equity_core.figures.colours import scale_for
from equity_core.figures.letters import lettered
from equity_core.figures.metadata import metadata
from equity_core.figures.page import MARGIN, balanced, saved, write
from equity_core.figures.projection import INK, MUTED, PAPER, frame_for
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.geography import site_regions
from equity_core.outcome.outcome import Comparison
from equity_core.text.opening.alone import placed
from equity_core.text.opening.headline import headline_sentences
from equity_core.text.opening.small_print import small_print
from equity_core.text.quantities import Quantity, find_quantity

WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 12.0, 6.3, 100
RIGHT, MAP_BOTTOM, CURVE_BOTTOM = 0.965, 0.25, 0.25
CURVE_TITLE = 0.05
TITLE_TOP, LINE = 0.965, 0.042
TITLE_WIDTH, SENTENCE_WIDTH, SMALL_WIDTH = 86, 137, 190
"""Characters of a line."""


def social_map(comparison: Comparison, dataset: Dataset, quantity: str, view: str) -> bytes:
    """The map of a quantity and view, as `map_picture` names them, as PNG; raises EquityError."""
    chosen = find_quantity(comparison.after.footprints, quantity)
    heading = title(comparison, chosen, view)
    figure = _with_map(lettered(comparison), dataset, chosen, view)
    return saved(figure, "png", metadata(comparison.after, heading, "png"))


def social_frontier(frame: pd.DataFrame, comparison: Comparison, dataset: Dataset) -> bytes:
    """The frontier, as PNG; `frame` as for `frontier_picture`."""
    heading = frontier_title(comparison)
    figure, top = _with_words(comparison, dataset, heading)
    box = 0.07, CURVE_BOTTOM, RIGHT - 0.07, top - CURVE_TITLE - CURVE_BOTTOM
    frontier.draw_frontier(figure.add_axes(box), frame, comparison)
    return saved(figure, "png", metadata(comparison.after, heading, "png"))


def title(comparison: Comparison, quantity: Quantity, view: str) -> str:
    """What the map shows, where and when, and that it is simulated."""
    return placed(in_print.title(comparison, quantity, view), comparison.after)


def frontier_title(comparison: Comparison) -> str:
    """The same of the frontier."""
    return placed(frontier.title(comparison), comparison.after)


def _with_map(comparison: Comparison, dataset: Dataset, quantity: Quantity, view: str) -> Figure:
    figure, top = _with_words(comparison, dataset, title(comparison, quantity, view))
    values = comparison.table[f"{quantity.column}_{'change' if view == 'change' else 'after'}"]
    scale = scale_for(view, values)
    regions = site_regions(dataset).geometry.reindex(values.index)
    sites = in_print.map_sites(comparison, dataset, quantity, view, scale)
    box = MARGIN, MAP_BOTTOM, RIGHT - MARGIN, top - MAP_BOTTOM
    canvas = FigureCanvasAgg(figure)
    in_print.draw_maps(figure, canvas, frame_for(sites, regions), regions, sites, box)
    in_print.draw_legend(figure, scale, quantity, view, (0.625, 0.18, 0.33, 0.02))
    return figure


def _with_words(comparison: Comparison, dataset: Dataset, heading: str) -> tuple[Figure, float]:
    """Title and headline above, what it rests on below; and where the drawing may end."""
    figure = Figure((WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, facecolor=PAPER)
    FigureCanvasAgg(figure)
    heading = balanced(heading, TITLE_WIDTH)
    sentence = balanced(headline_sentences(comparison)[0], SENTENCE_WIDTH)
    below = TITLE_TOP - 1.3 * LINE * (heading.count("\n") + 1)
    write(figure, TITLE_TOP, heading, fontsize=16, color=INK, fontweight="bold")
    write(figure, below, sentence, fontsize=11, color=INK)
    small = (*small_print(comparison.after, dataset)[:-1], _origin(comparison, dataset))
    text = "\n".join(balanced(line, SMALL_WIDTH) for line in small)
    write(figure, 0.012, text, va="bottom", fontsize=7, color=MUTED)
    return figure, below - LINE * (sentence.count("\n") + 1)


def _origin(comparison: Comparison, dataset: Dataset) -> str:
    return f"{small_print(comparison.after, dataset)[-1]}. Boundaries: Natural Earth."
