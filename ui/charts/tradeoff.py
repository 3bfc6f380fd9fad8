"""What is possible as a figure: cost against the worst burden, the second footprint as colour.

Pure: no streamlit. The line is the border: for each cost the smallest worst burden of any plan.
Dots are the plans of the weights, which mind all footprints at once and so lie above it; one with
a firm outline is made within the goals. Goals are drawn as lines, and what they leave is shaded.
"""

from __future__ import annotations

from dataclasses import dataclass

from equity_core.figures.colours import Scale
from equity_core.inputs.dataset import Footprint
from equity_core.outcome.percent import change_pct
from equity_core.text.nouns import noun
from equity_core.text.numbers import amount, percent, unit_text
from ui.charts import plotly
from ui.charts.plotly import EXACT, SOLVED, Figure, Points
from ui.theme import LIGHT, Look

HEIGHT = 400  # pixels
ROOM = 0.05
"""Part of a stretch that is left free at either end."""
FAR = 0.7
"""Part of the border beyond which a goal's words stand before its line, for want of room."""


@dataclass(frozen=True)
class Dot:
    """One plan: cost in USD, the worst burden of each footprint, and whether it keeps the goals."""

    cost_usd: float
    worst: tuple[float, ...]
    within: bool
    here: bool = False


@dataclass(frozen=True)
class Possible:
    """The plans, the borders, and the goals that can be drawn.

    dots          plans of the weights, and the present one
    footprints    the first one stands upright, the second one is the colour
    border        cost in USD and the smallest worst burden that it allows, by rising cost
    left          the same within all goals that are not lines here; empty: nothing is left
    cheapest_usd  what costs are compared with
    cost_goal     the largest cost in USD
    worst_goal    the largest worst burden of the footprint upright
    """

    dots: tuple[Dot, ...]
    footprints: tuple[Footprint, ...]
    border: Points
    left: Points
    cheapest_usd: float
    cost_goal: float | None = None
    worst_goal: float | None = None

    @property
    def has_goals(self) -> bool:
        """Whether any goal takes something away."""
        return (self.cost_goal, self.worst_goal, self.left) != (None, None, self.border)


def summary(possible: Possible) -> str:
    """The picture in words."""
    upright = possible.footprints[0]
    (low_cost, most), (high_cost, least) = possible.border[0], possible.border[-1]
    count, ends = sum(dot.within for dot in possible.dots), (most, least)
    first, last = (amount(burden, upright.unit) for burden in ends)
    further = f", at {amount(high_cost, 'usd')} to {last}, and no further"
    if first == last:
        further = " and no further, whatever it costs"
    return (
        f"Simulated, at {amount(low_cost, 'usd')} of electricity cost the region that carries most "
        f"can be brought to {first} of {noun(upright)}{further}. {len(possible.dots)} plans are "
        "drawn" + (f"; {count} are made within the goals." if possible.has_goals else ".")
    )


def possible_figure(possible: Possible, look: Look = LIGHT) -> Figure:
    """The picture with its legend; the worst colour stands out most on the paper of `look`."""
    upright, *more = possible.footprints
    drawn = [*_borders(possible, look), *_plans(possible, look)]
    goals = _goals(possible, look)
    across, up = _stretch(drawn, goals, "x"), _stretch(drawn, goals, "y")
    title = f"{upright.label} in the region that carries most, {unit_text(upright.unit)}"
    cost = "Electricity cost above the cheapest plan, %"
    return plotly.figure(
        [*_shaded(possible, across[1], up[1], look), *drawn],
        look,
        HEIGHT,
        legend=plotly.legend(title, look),
        shapes=goals,
        coloraxis=_colour_axis(possible, more[0], look) if more else {},
        xaxis=plotly.axis(look, cost, ticksuffix="%", range=across),
        yaxis=plotly.axis(look, range=up),
    )


def _stretch(drawn: list[Figure], goals: list[Figure], axis: str) -> tuple[float, float]:
    """From the least to the most with some room around; at least a thousandth long."""
    lines = [goal[f"{axis}0"] for goal in goals if f"{axis}ref" not in goal]
    values = [*lines, *(value for trace in drawn for value in trace[axis])]
    low, high = min(values), max(values)
    room = ROOM * max(high - low, 1e-3 * max(abs(high), 1.0))
    return low - room, high + room


def _percent(cost_usd: float, possible: Possible) -> float:
    return change_pct(possible.cheapest_usd, cost_usd)


def _places(points: Points, possible: Possible) -> Points:
    return [(_percent(cost, possible), worst) for cost, worst in points]


def _colour_axis(possible: Possible, footprint: Footprint, look: Look) -> Figure:
    """The colours of the second footprint, over the stretch that occurs."""
    values = [dot.worst[1] for dot in possible.dots]
    scale = look.shade(Scale(min(values), max(values), "lapaz"))
    words = f"Worst {noun(footprint)}, {unit_text(footprint.unit)}"
    title = {"text": plotly.plain(words), "side": "right"}
    bar = {"title": title, "thickness": 8, "outlinewidth": 0, "separatethousands": True}
    shades = plotly.colours(scale)
    return {"colorscale": shades, "cmin": scale.low, "cmax": scale.high, "colorbar": bar}


def _borders(possible: Possible, look: Look) -> list[Figure]:
    """The border, and where other goals draw it in, that within them."""
    places, words = _places(possible.border, possible), _border_words(possible)
    mark, names = {"size": 5, "color": look.ink}, ("least possible", "within the other goals")
    lines = [plotly.line(k, look) for k in (0, 1)]
    drawn = plotly.scatter(names[0], places, words, "lines+markers", line=lines[0], marker=mark)
    if not possible.left or possible.left == possible.border:
        return [drawn]
    left = _places(possible.left, possible)
    return [drawn, plotly.scatter(names[1], left, mode="lines", line=lines[1])]


def _border_words(possible: Possible) -> list[str]:
    upright = possible.footprints[0]
    return [
        plotly.lines(
            f"At {amount(cost, 'usd', SOLVED)} the region that carries most",
            f"has {amount(worst, upright.unit, SOLVED)} of {noun(upright)} or more",
        )
        for cost, worst in possible.border
    ]


def _shaded(possible: Possible, right: float, top: float, look: Look) -> list[Figure]:
    """The part that all goals leave: above the border within them, and under the lines."""
    if not (possible.left and possible.has_goals):
        return []
    edge = _places(possible.left, possible)
    shape = [*edge, (right, edge[-1][1]), (right, top), (edge[0][0], top)]
    if possible.cost_goal is not None:
        shape = below(shape, 0, _percent(possible.cost_goal, possible))
    if possible.worst_goal is not None:
        shape = below(shape, 1, possible.worst_goal)
    fill = {"fill": "toself", "fillcolor": look.accent, "opacity": 0.14, "line": {"width": 0}}
    return [plotly.scatter("left by the goals", shape, mode="lines") | fill] if shape else []


def below(shape: Points, axis: int, most: float) -> Points:
    """The part of a convex shape whose coordinate `axis` is at most `most`."""
    kept: Points = []
    for start, end in zip(shape, [*shape[1:], *shape[:1]], strict=True):
        if start[axis] <= most:
            kept.append(start)
        if (start[axis] - most) * (end[axis] - most) < 0:
            part = (most - start[axis]) / (end[axis] - start[axis])
            x, y = (a + part * (b - a) for a, b in zip(start, end, strict=True))
            kept.append((x, y))
    return kept


def _goals(possible: Possible, look: Look) -> list[Figure]:
    """Goals as straight lines across the plot, each with its words beside it."""
    drawn, unit = [], possible.footprints[0].unit
    if possible.cost_goal is not None:
        at = _percent(possible.cost_goal, possible)
        side = "right" if at > FAR * _percent(possible.border[-1][0], possible) else "left"
        drawn.append(_goal(percent(at), side, look) | _across("y", "x", at))
    if (worst := possible.worst_goal) is not None:
        drawn.append(_goal(amount(worst, unit, EXACT), "right", look) | _across("x", "y", worst))
    return drawn


def _across(along: str, axis: str, at: float) -> Figure:
    return {f"{axis}0": at, f"{axis}1": at, f"{along}0": 0, f"{along}1": 1, f"{along}ref": "paper"}


def _goal(words: str, side: str, look: Look) -> Figure:
    place = {"textposition": "end", "textangle": 0, "xanchor": side, "yanchor": "top"}
    label = {"text": plotly.plain(f"goal {words}")} | place
    return {"type": "line", "line": {"color": look.accent, "width": 2}, "label": label}


def _plans(possible: Possible, look: Look) -> list[Figure]:
    """The plans of the weights without the goals and within, then the present one."""
    within = ", within the goals" if possible.has_goals else ""
    ring, open_ring = {"line": {"color": look.ink, "width": 2}}, {"symbol": "circle-open"}
    free, kept, here = (
        [dot for dot in possible.dots if (dot.within, dot.here) == kind]
        for kind in ((False, False), (True, False), (True, True))
    )
    return [
        *_cloud("plans without goals", free, possible, look, open_ring | {"line": {"width": 3}}),
        *_cloud(f"plans of the weights{within}", kept, possible, look, ring),
        *([plotly.here(*_told(here, possible), look)] if here else []),
    ]


def _cloud(
    name: str, dots: list[Dot], possible: Possible, look: Look, mark: Figure
) -> list[Figure]:
    """Dots coloured by the second footprint; nothing where there are none."""
    shades: Figure = {"color": look.quiet}
    if len(possible.footprints) > 1:
        shades = {"color": [dot.worst[1] for dot in dots], "coloraxis": "coloraxis"}
    marker = mark | shades | {"size": 10}
    return [plotly.scatter(name, *_told(dots, possible), marker=marker)] if dots else []


def _told(dots: list[Dot], possible: Possible) -> tuple[Points, list[str]]:
    places = [(_percent(dot.cost_usd, possible), dot.worst[0]) for dot in dots]
    return places, [_words(dot, possible) for dot in dots]


def _words(dot: Dot, possible: Possible) -> str:
    worst = (
        f"Worst {noun(footprint)} {amount(value, footprint.unit, SOLVED)}"
        for footprint, value in zip(possible.footprints, dot.worst, strict=True)
    )
    made = ", made within the goals" if dot.within else ", made without goals"
    plan = "This plan" if dot.here else "Plan of the weights"
    opening = f"{plan}{made if possible.has_goals else ''}"
    return plotly.lines(opening, f"Cost {amount(dot.cost_usd, 'usd', SOLVED)}", *worst)
