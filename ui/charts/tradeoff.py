"""What is possible, as a picture: cost against the worst burden, the second footprint as colour.

Pure: no streamlit. The line is the border: for each cost the smallest worst burden of any plan.
Dots are the plans of the weights, which mind all footprints at once and so lie above it; one with
a firm outline is made within the goals. Goals are drawn as lines, and what they leave is shaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from equity_core.figures.colours import Scale
from equity_core.inputs.dataset import Footprint
from equity_core.outcome.percent import change_pct
from equity_core.text.nouns import noun
from equity_core.text.numbers import amount, number, percent, signed, unit_text
from ui.charts.axes import Axis, grid_html, round_axis
from ui.charts.frontier import DASHES, Points, line_style
from ui.theme import LIGHT, Look

MOST_TICKS = 6
FAR = 0.7
"""Part of the plot beyond which a goal's words stand before its line: after it they would leave."""


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


def span(values: Sequence[float]) -> Axis:
    """The round stretch that holds all of `values`."""
    return round_axis(values, MOST_TICKS, 1e-3 * max(abs(max(values)), 1.0))


def summary(possible: Possible) -> str:
    """The picture in words."""
    upright = possible.footprints[0]
    (low_cost, most), (high_cost, least) = possible.border[0], possible.border[-1]
    count = sum(dot.within for dot in possible.dots)
    return (
        f"At {amount(low_cost, 'usd')} of electricity cost the worst-hit region can be brought to "
        f"{amount(most, upright.unit)} of {noun(upright)}, at {amount(high_cost, 'usd')} to "
        f"{amount(least, upright.unit)}, and no further. {len(possible.dots)} plans are drawn; "
        f"{count} are made within the goals."
    )


def possible_html(possible: Possible, look: Look = LIGHT) -> str:
    """The picture with its legend; the worst colour stands out most on the paper of `look`."""
    upright, *more = possible.footprints
    across = span([_percent(cost, possible) for cost in _costs(possible)])
    up = span(_worsts(possible))
    shades = _shades(possible, look)
    dots = "".join(_dot(dot, possible, across, up, shades) for dot in possible.dots)
    words = escape(summary(possible))
    return (
        f'<figure class="ee-curve ee-possible" role="figure" aria-label="{words}">'
        f'<div class="ee-curve-title">{escape(upright.label)} of the worst-hit region, '
        f"{escape(unit_text(upright.unit))}</div>{_legend(possible, shades, more[:1])}"
        f'<div class="ee-plot">{_left(possible, across, up)}'
        f"{grid_html(across, up, _cost_text, _worst_text)}{_borders(possible, across, up)}"
        f"{_goal_lines(possible, across, up)}{dots}{_edges(possible, across, up)}</div>"
        '<div class="ee-curve-title ee-right">Electricity cost above the cheapest plan</div>'
        "</figure>"
    )


def _costs(possible: Possible) -> list[float]:
    goal = [] if possible.cost_goal is None else [possible.cost_goal]
    drawn = [cost for cost, _ in (*possible.border, *possible.left)]
    return [*(dot.cost_usd for dot in possible.dots), *drawn, possible.cheapest_usd, *goal]


def _worsts(possible: Possible) -> list[float]:
    goal = [] if possible.worst_goal is None else [possible.worst_goal]
    drawn = [worst for _, worst in (*possible.border, *possible.left)]
    return [*(dot.worst[0] for dot in possible.dots), *drawn, *goal]


def _percent(cost_usd: float, possible: Possible) -> float:
    return change_pct(possible.cheapest_usd, cost_usd)


def _shades(possible: Possible, look: Look) -> Scale | None:
    """The colours of the second footprint, over the stretch that occurs."""
    if len(possible.footprints) < 2:
        return None
    values = [dot.worst[1] for dot in possible.dots]
    ends = span(values).ticks
    return look.shade(Scale(ends[0], ends[-1], "lapaz"))


def _legend(possible: Possible, shades: Scale | None, coloured: list[Footprint]) -> str:
    kinds = {dot.within for dot in possible.dots if not dot.here}
    most, least = _amount(possible, 0), _amount(possible, -1)
    ends = least if most == least else f"{most} down to {least}"
    keys = f'<span><i class="ee-stroke ee-curve-0"></i>least possible: {escape(ends)}</span>'
    if possible.left and possible.left != possible.border:
        keys += (
            '<span><i class="ee-stroke ee-curve-1"></i>least possible within the other goals</span>'
        )
    within = ", within the goals" if possible.has_goals else ""
    if True in kinds:
        keys += f'<span><i class="ee-ring ee-kept"></i>plans of the weights{within}</span>'
    if False in kinds:
        keys += '<span><i class="ee-ring"></i>plans of the weights, without goals</span>'
    if any(dot.here for dot in possible.dots):
        keys += '<span><i class="ee-here"></i>your scenario</span>'
    ramp = ""
    if shades is not None:
        footprint = coloured[0]
        stops = ",".join(f"rgb({r},{g},{b})" for r, g, b in shades.ramp(9).tolist())
        ramp = (
            f"<span>Worst {escape(noun(footprint))} {escape(amount(shades.low, footprint.unit))}"
            f'<i class="ee-ramp" style="background:linear-gradient(90deg,{stops})"></i>'
            f"{escape(amount(shades.high, footprint.unit))}</span>"
        )
    return f'<div class="ee-curve-keys">{keys}{ramp}</div>'


def _cost_text(tick: float) -> str:
    return f"{signed(tick)}%"


def _worst_text(tick: float) -> str:
    return number(tick, 6)


def _places(points: Points, possible: Possible, across: Axis, up: Axis) -> Points:
    """Points of a border in % of the plot."""
    return [(across.place(_percent(cost, possible)), up.place(worst)) for cost, worst in points]


def _borders(possible: Possible, across: Axis, up: Axis) -> str:
    """The border, and where other goals draw it in, that within them."""
    lines = [possible.border, *([possible.left] if possible.left != possible.border else [])]
    return "".join(
        f'<i class="ee-line ee-curve-{k}" '
        f'style="{line_style(_places(line, possible, across, up), DASHES[k])}"></i>'
        for k, line in enumerate(lines)
        if line
    )


def _edges(possible: Possible, across: Axis, up: Axis) -> str:
    """What each point of the border says at the pointer."""
    noun_upright, marks = noun(possible.footprints[0]), ""
    for at, (x, y) in enumerate(_places(possible.border, possible, across, up)):
        words = (
            f"At {amount(possible.border[at][0], 'usd')} no plan has less {noun_upright} in its "
            f"worst-hit region than {_amount(possible, at)}"
        )
        marks += (
            f'<i class="ee-edge" style="left:{x:.2f}%;bottom:{y:.2f}%" title="{escape(words)}"></i>'
        )
    return marks


def _amount(possible: Possible, at: int) -> str:
    return amount(possible.border[at][1], possible.footprints[0].unit, 4)


def _left(possible: Possible, across: Axis, up: Axis) -> str:
    """The shaded part that all goals leave: above the border within them, and under the lines."""
    if not (possible.left and possible.has_goals):
        return ""
    edge = _places(possible.left, possible, across, up)
    shape = [*edge, (100.0, edge[-1][1]), (100.0, 100.0), (edge[0][0], 100.0)]
    if possible.cost_goal is not None:
        shape = below(shape, 0, across.place(_percent(possible.cost_goal, possible)))
    if possible.worst_goal is not None:
        shape = below(shape, 1, up.place(possible.worst_goal))
    corners = ",".join(f"{x:.2f}% {100 - y:.2f}%" for x, y in shape)
    return f'<span class="ee-within" style="clip-path:polygon({corners})"></span>' if shape else ""


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


def _goal_lines(possible: Possible, across: Axis, up: Axis) -> str:
    cost, worst = possible.cost_goal, possible.worst_goal
    lines = ""
    if cost is not None:
        at = _percent(cost, possible)
        side = " ee-far" if across.place(at) > 100 * FAR else ""
        lines += (
            f'<span class="ee-goal-x{side}" style="left:{across.place(at):.2f}%">'
            f"<em>goal {percent(at)}</em></span>"
        )
    if worst is not None:
        text = amount(worst, possible.footprints[0].unit, 6)
        side = " ee-far" if up.place(worst) > 100 * FAR else ""
        lines += (
            f'<span class="ee-goal-y{side}" style="bottom:{up.place(worst):.2f}%">'
            f"<em>goal {escape(text)}</em></span>"
        )
    return lines


def _dot(dot: Dot, possible: Possible, across: Axis, up: Axis, shades: Scale | None) -> str:
    colour = "var(--ee-ink)"
    if shades is not None:
        colour = f"rgb{tuple(np.array(shades.rgb(dot.worst[1])).tolist())}"
    kind = "ee-here" if dot.here else f"ee-ring{' ee-kept' if dot.within else ''}"
    where = f"left:{across.place(_percent(dot.cost_usd, possible)):.2f}%;"
    where += f"bottom:{up.place(dot.worst[0]):.2f}%;--ee-shade:{colour}"
    return f'<i class="{kind}" style="{where}" title="{escape(_words(dot, possible))}"></i>'


def _words(dot: Dot, possible: Possible) -> str:
    worst = ", ".join(
        f"worst {noun(footprint)} {amount(value, footprint.unit)}"
        for footprint, value in zip(possible.footprints, dot.worst, strict=True)
    )
    kept = "made within the goals" if dot.within else "made without goals"
    made = f"; {kept}" if possible.has_goals else ""
    opening = "your scenario" if dot.here else "plan of the weights"
    return f"{opening}: {amount(dot.cost_usd, 'usd')}, {worst}{made}"
