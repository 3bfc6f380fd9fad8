"""The frontier for print: what fairness costs, with the knee and the chosen plan marked."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from equity_core.figures.letters import legible, lettered
from equity_core.figures.metadata import metadata
from equity_core.figures.page import fitting, saved, write
from equity_core.figures.projection import BORDER, INK, MUTED, PAPER
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.percent import change_pct
from equity_core.outcome.provenance import origin_words
from equity_core.text.caveats import short_caveat
from equity_core.text.opening.alone import FAIRNESS, alone, picture_title
from equity_core.text.opening.headline import headline_sentences
from equity_core.text.opening.small_print import source_words
from equity_core.text.plan_names import baseline_name

LEAST_ACROSS = 1.0
"""Percentage points of cost that the chart is wide at least: where fairness costs less than the
figures are known to, it is seen as next to nothing."""
KNEE = "Knee: farthest below the straight line between the ends."
NO_PERCENT = "The baseline costs or burdens nothing, so there is no change in % to draw."
WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 9.0, 6.0, 300
PANEL_WIDTH_INCHES, PANEL_HEIGHT, PANEL_FOOT, PANEL_TOP, PANEL_EDGE = 7.2, 2.9, 0.61, 0.42, 0.09
"""Inches of the chart alone, of what stands below and above its axes, and of its
edge."""
CAVEAT_WIDTH, SENTENCE_WIDTH, PANEL_WIDTH = 132, 118, 150
"""Characters of a line: of the caveat and the headline of the picture, of the panel's caveat."""
TITLE_POINTS, TITLE_LETTERS = 15.0, 64
"""The size of a title, and the letters of it that fill the width: longer ones are set smaller."""
SOURCE_WIDTH, SOURCE_LINE = 185, 0.0185
CAVEAT_LINE, SENTENCE_LINE, PANEL_LINE = 0.0251, 0.0283, 0.1
"""Heights of such lines, the last in inches: the chart gives way to words that need more."""
ACCENT = "#0a6b6b"
STROKES = (("solid", "o"), ("dashed", "s"), ("dotted", "^"), ("dashdot", "v"))
"""Line and mark of each footprint: told apart without colour."""


def frontier_picture(
    frame: pd.DataFrame,
    comparison: Comparison,
    dataset: Dataset,
    format: str,  # noqa: A002
) -> bytes:
    """The frontier with title, caveat, sentence and fingerprint, as "png", "svg" or "pdf"."""
    figure = Figure(
        figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, facecolor=PAPER, layout=None
    )
    FigureCanvasAgg(figure)
    heading = title(comparison)
    size = fitting(heading, TITLE_POINTS, TITLE_LETTERS)
    write(figure, 0.965, heading, fontsize=size, color=INK, fontweight="bold")
    caveat = fill(short_caveat(comparison.after, dataset), CAVEAT_WIDTH)
    first = headline_sentences(lettered(comparison))[0]
    sentence = fill(alone(first, comparison), SENTENCE_WIDTH)
    below = 0.88 - CAVEAT_LINE * caveat.count("\n")
    write(figure, 0.913, caveat, fontsize=8, color=MUTED)
    write(figure, below, sentence, fontsize=9, color=INK)
    top = min(0.77, below - SENTENCE_LINE * (sentence.count("\n") + 3.3))
    source = fill(source_words(comparison.after, dataset), SOURCE_WIDTH)
    foot = 0.035 + SOURCE_LINE * (source.count("\n") + 1)
    draw_frontier(
        figure.add_axes((0.09, foot + 0.115, 0.87, top - foot - 0.115)), frame, comparison
    )
    write(figure, foot, source, fontsize=6, color=MUTED)
    write(figure, 0.03, origin_words(comparison.after), fontsize=7, color=MUTED)
    return saved(figure, format, metadata(comparison.after, heading, format))


def title(comparison: Comparison) -> str:
    """What the curve shows: simulated, against what, and when."""
    return picture_title(FAIRNESS, comparison)


def frontier_svg(
    frame: pd.DataFrame, comparison: Comparison, dataset: Dataset, height: float = PANEL_HEIGHT
) -> bytes:
    """The chart with its caveat alone as SVG, `height` inches high, for pages that bring their own
    words."""
    figure = Figure(figsize=(PANEL_WIDTH_INCHES, height), dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    caveat = fill(short_caveat(comparison.after, dataset), PANEL_WIDTH)
    bottom = (PANEL_FOOT + PANEL_LINE * caveat.count("\n")) / height
    top = 1 - PANEL_TOP / height
    draw_frontier(figure.add_axes((0.115, bottom, 0.875, top - bottom)), frame, comparison)
    figure.text(
        0.005, PANEL_EDGE / height, legible(caveat), fontsize=6, color=MUTED, parse_math=False
    )
    return saved(figure, "svg", {"Date": None})


def draw_frontier(axes: Axes, frame: pd.DataFrame, comparison: Comparison) -> None:
    """One curve a footprint: cost across, worst region up, both in % of the baseline."""
    before, footprints = comparison.before, comparison.footprints_in_percent
    if not footprints:
        axes.set_axis_off()
        axes.text(0.5, 0.5, NO_PERCENT, ha="center", color=INK, fontsize=9, parse_math=False)
        return
    across = _change_pct(frame["cost_usd"], before.cost_usd)
    for footprint, (line, mark) in zip(footprints, cycle(STROKES), strict=False):
        up = _change_pct(frame[f"worst_{footprint.column}"], before.worst(footprint.column))
        axes.plot(
            across, up, linestyle=line, marker=mark, markersize=3, color=INK, linewidth=1,
            label=footprint.label,
        )  # fmt: skip
    for footprint in footprints:
        up = _change_pct(frame[f"worst_{footprint.column}"], before.worst(footprint.column))
        _mark_knee(axes, across, up, frame)
        _mark_plan(axes, comparison, footprint)
    _widened(axes)
    _dress(axes, baseline_name(comparison))


def _widened(axes: Axes) -> None:
    """As wide as `LEAST_ACROSS` about its middle."""
    low, high = axes.get_xlim()
    if high - low < LEAST_ACROSS:
        middle = (low + high) / 2
        axes.set_xlim(middle - LEAST_ACROSS / 2, middle + LEAST_ACROSS / 2)


def _change_pct(values: pd.Series, base: float) -> list[float]:
    return [change_pct(base, float(value)) for value in values]


def _mark_knee(axes: Axes, across: list[float], up: list[float], frame: pd.DataFrame) -> None:
    at = int(frame["knee"].to_numpy(dtype=bool).argmax())
    axes.plot(
        across[at], up[at], marker="D", markersize=9, markerfacecolor="none", markeredgecolor=INK,
        linestyle="none", label="knee",
    )  # fmt: skip


def _mark_plan(axes: Axes, comparison: Comparison, footprint: Footprint) -> None:
    axes.plot(
        comparison.cost_change_pct, comparison.worst_change_pct(footprint.column), marker="o",
        markersize=8, color=ACCENT, markeredgecolor=PAPER, linestyle="none", label="this plan",
        zorder=5,
    )  # fmt: skip


def _percent_along(axis: Axis) -> Callable[[float, float], str]:
    """Ticks in per cent, with as many decimals as tell them apart."""
    formatter = PercentFormatter()

    def told(value: float, _: float) -> str:
        low, high = axis.get_view_interval()
        text: str = formatter.format_pct(value, high - low)
        return text.replace("-", "−")

    return told


def _dress(axes: Axes, baseline: str) -> None:
    """Axes, grid and one key for marks that stand more than once."""
    named = dict(zip(*axes.get_legend_handles_labels()[::-1], strict=True))
    # Above the axes: within them it would lie upon the curves.
    axes.legend(
        named.values(), named.keys(), fontsize=7.5, frameon=False, labelcolor=INK, ncols=len(named),
        loc="lower left", bbox_to_anchor=(0, 1), borderpad=0.2, borderaxespad=0, columnspacing=1.5,
    )  # fmt: skip
    cost = f"Electricity cost against {baseline}"
    axes.set_xlabel(f"{cost}. {KNEE}", fontsize=8, color=INK, loc="right")
    # Not beside the axis: where words take most of a page the axis is shorter than its name.
    axes.set_title(f"Worst region against {baseline}", fontsize=8, color=INK, loc="left", pad=17)
    axes.grid(color=BORDER, linewidth=0.4)
    axes.set_axisbelow(True)
    for which in (axes.xaxis, axes.yaxis):
        which.set_major_formatter(_percent_along(which))
    axes.tick_params(labelsize=8, labelcolor=INK, color=MUTED)
    for side in axes.spines.values():
        side.set(color=BORDER, linewidth=0.6)
