"""The map where it is posted: 1200 by 630 pixels, with words that still hold without the page.

Fewer and larger words than in print; what is simulated, where, when and against what is in the
title, since it is all that is read of such a picture.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from equity_core.figures.colours import scale_for
from equity_core.figures.letters import legible, lettered
from equity_core.figures.map import balanced, draw_legend, draw_maps, map_sites
from equity_core.figures.map import title as title_in_print
from equity_core.figures.metadata import metadata
from equity_core.figures.projection import INK, MUTED, PAPER, frame_for
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.geography import site_regions
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.provenance import origin_words
from equity_core.text.caveats import fleet_caveat
from equity_core.text.opening.headline import headline
from equity_core.text.quantities import Quantity, find_quantity

WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 12.0, 6.3, 100
LEFT, RIGHT, MAP_BOTTOM = 0.03, 0.97, 0.17
TITLE_TOP, LINE = 0.965, 0.042
TITLE_WIDTH, SENTENCE_WIDTH, SMALL_WIDTH = 96, 150, 118
"""Characters of a line."""


def social_map(comparison: Comparison, dataset: Dataset, quantity: str, view: str) -> bytes:
    """The map of a quantity and view, as `map_picture` names them, as PNG; raises EquityError."""
    chosen = find_quantity(comparison.after.footprints, quantity)
    figure = _page(lettered(comparison), dataset, chosen, view)
    buffer = BytesIO()
    facts = metadata(comparison.after, title(comparison, chosen, view), "png")
    figure.savefig(buffer, format="png", metadata=facts, facecolor=PAPER)
    return buffer.getvalue()


def title(comparison: Comparison, quantity: Quantity, view: str) -> str:
    """What the map shows, where and when, and that it is simulated."""
    where = counted(len(comparison.regions), "region")
    return f"{title_in_print(comparison, quantity, view)}: AI data centres in {where}"


def _page(comparison: Comparison, dataset: Dataset, quantity: Quantity, view: str) -> Figure:
    figure = Figure((WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, facecolor=PAPER)
    canvas = FigureCanvasAgg(figure)
    values = comparison.table[f"{quantity.column}_{'change' if view == 'change' else 'after'}"]
    scale = scale_for(view, values)
    regions = site_regions(dataset).geometry.reindex(values.index)
    sites = map_sites(comparison, dataset, quantity, view, scale)
    top = _draw_words(figure, comparison, dataset, title(comparison, quantity, view))
    box = LEFT, MAP_BOTTOM, RIGHT - LEFT, top - MAP_BOTTOM
    draw_maps(figure, canvas, frame_for(sites, regions), regions, sites, box)
    draw_legend(figure, scale, quantity, view, (0.615, 0.1, 0.34, 0.02))
    return figure


def _draw_words(figure: Figure, comparison: Comparison, dataset: Dataset, heading: str) -> float:
    """Title and headline above, what it rests on below; gives where the map may end."""
    heading = balanced(heading, TITLE_WIDTH)
    sentence = balanced(headline(comparison), SENTENCE_WIDTH)
    below = TITLE_TOP - 1.25 * LINE * (heading.count("\n") + 1) - 0.01
    _write(figure, TITLE_TOP, heading, fontsize=16, color=INK, fontweight="bold")
    _write(figure, below, sentence, fontsize=11, color=INK)
    small = (
        f"{fleet_caveat(comparison.after)}. Source: {dataset.attribution}",
        f"{origin_words(comparison.after)}. Boundaries: Natural Earth.",
    )
    text = "\n".join(balanced(line, SMALL_WIDTH) for line in small)
    figure.text(LEFT, 0.012, legible(text), va="bottom", fontsize=7, color=MUTED, parse_math=False)
    return below - LINE * (sentence.count("\n") + 1)


def _write(figure: Figure, height: float, text: str, **style: Any) -> None:
    figure.text(LEFT, height, legible(text), va="top", parse_math=False, linespacing=1.3, **style)
