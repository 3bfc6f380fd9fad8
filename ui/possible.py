"""What is possible, as a picture: cost against the worst burden, the second footprint as colour.

Pure: no streamlit. A dot with a firm outline is a plan made within the goals, the others are made
without them; the goals are drawn as lines, and what lies within those is shaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

import numpy as np

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.colours import Scale
from equity_core.outcome.formats import amount, number, percent, signed, unit_text
from ui.axes import Axis, grid_html, round_axis

MOST_TICKS = 6
NEAR_THE_EDGE = 85.0
"""Place along the axis, in %, from which on words stand to the left of their dot."""


@dataclass(frozen=True)
class Dot:
    """One plan: cost in USD, the worst burden of each footprint, and what it is called."""

    cost_usd: float
    worst: tuple[float, ...]
    within: bool
    name: str = ""
    here: bool = False


@dataclass(frozen=True)
class Possible:
    """The plans, and the goals that can be drawn: the largest cost in USD, the largest worst
    burden of each footprint (None: no goal). `cheapest_usd` is what costs are compared with."""

    dots: tuple[Dot, ...]
    footprints: tuple[Footprint, ...]
    cheapest_usd: float
    cost_goal: float | None = None
    worst_goals: tuple[float | None, ...] = field(default=(None, None))


def span(values: Sequence[float]) -> Axis:
    """The round stretch that holds all of `values`."""
    return round_axis(values, MOST_TICKS, 1e-3 * max(abs(max(values)), 1.0))


def summary(possible: Possible) -> str:
    """The picture in words."""
    upright = possible.footprints[0]
    costs = [dot.cost_usd for dot in possible.dots]
    worst = [dot.worst[0] for dot in possible.dots]
    count = sum(dot.within for dot in possible.dots)
    return (
        f"{len(possible.dots)} plans, from {amount(min(costs), 'usd')} to "
        f"{amount(max(costs), 'usd')} of electricity cost and from "
        f"{amount(min(worst), upright.unit)} to {amount(max(worst), upright.unit)} of "
        f"{upright.label.lower()} in the worst-hit region; {count} are made within the goals."
    )


def possible_html(possible: Possible) -> str:
    """The picture with its legend."""
    upright, *more = possible.footprints
    across = span([_percent(dot.cost_usd, possible) for dot in possible.dots] + _cost(possible))
    goal = possible.worst_goals[0]
    up = span([dot.worst[0] for dot in possible.dots] + ([] if goal is None else [goal]))
    shades = _shades(possible)
    dots = "".join(_dot(dot, possible, across, up, shades) for dot in possible.dots)
    words = escape(summary(possible))
    return (
        f'<figure class="ee-curve ee-possible" role="figure" aria-label="{words}">'
        f'<div class="ee-curve-title">{escape(upright.label)} of the worst-hit region, '
        f"{escape(unit_text(upright.unit))}</div>{_legend(possible, shades, more[:1])}"
        f'<div class="ee-plot">{_within(possible, across, up)}'
        f"{grid_html(across, up, _cost_text, _worst_text)}"
        f"{_goal_lines(possible, across, up)}{dots}</div>"
        '<div class="ee-curve-title ee-right">Electricity cost above the cheapest plan</div>'
        "</figure>"
    )


def _percent(cost_usd: float, possible: Possible) -> float:
    return 100 * (cost_usd - possible.cheapest_usd) / abs(possible.cheapest_usd)


def _cost(possible: Possible) -> list[float]:
    goal = possible.cost_goal
    return [0.0] if goal is None else [0.0, _percent(goal, possible)]


def _shades(possible: Possible) -> Scale | None:
    """The colours of the second footprint, over the stretch that occurs."""
    if len(possible.footprints) < 2:
        return None
    values = [dot.worst[1] for dot in possible.dots]
    ends = span(values).ticks
    return Scale(ends[0], ends[-1], "lapaz")


def _legend(possible: Possible, shades: Scale | None, coloured: list[Footprint]) -> str:
    kinds, keys = {dot.within for dot in possible.dots if not dot.here}, ""
    if len(kinds) > 1:
        keys += '<span><i class="ee-ring ee-kept"></i>made within the goals</span>'
    if False in kinds:
        keys += '<span><i class="ee-ring"></i>made without them</span>'
    if any(dot.here for dot in possible.dots):
        keys += '<span><i class="ee-here"></i>your scenario</span>'
    ramp = ""
    if shades is not None:
        footprint = coloured[0]
        stops = ",".join(f"rgb({r},{g},{b})" for r, g, b in shades.ramp(9).tolist())
        ramp = (
            f"<span>Worst {escape(footprint.label.lower())} {number(shades.low)}"
            f'<i class="ee-ramp" style="background:linear-gradient(90deg,{stops})"></i>'
            f"{escape(amount(shades.high, footprint.unit))}</span>"
        )
    return f'<div class="ee-curve-keys">{keys}{ramp}</div>'


def _cost_text(tick: float) -> str:
    return f"{signed(tick)}%"


def _worst_text(tick: float) -> str:
    return number(tick, 6)


def _within(possible: Possible, across: Axis, up: Axis) -> str:
    """The shaded part that both goals leave."""
    cost, worst = possible.cost_goal, possible.worst_goals[0]
    if cost is None and worst is None:
        return ""
    right = 100.0 if cost is None else across.place(_percent(cost, possible))
    top = 100.0 if worst is None else up.place(worst)
    return f'<span class="ee-within" style="width:{right:.2f}%;height:{top:.2f}%"></span>'


def _goal_lines(possible: Possible, across: Axis, up: Axis) -> str:
    cost, worst = possible.cost_goal, possible.worst_goals[0]
    lines = ""
    if cost is not None:
        at = _percent(cost, possible)
        lines += (
            f'<span class="ee-goal-x" style="left:{across.place(at):.2f}%">'
            f"<em>goal {percent(at)}</em></span>"
        )
    if worst is not None:
        text = amount(worst, possible.footprints[0].unit, 6)
        lines += (
            f'<span class="ee-goal-y" style="bottom:{up.place(worst):.2f}%">'
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
    name = f"<em>{escape(dot.name)}</em>" if dot.name else ""
    if across.place(_percent(dot.cost_usd, possible)) > NEAR_THE_EDGE:
        kind += " ee-left"
    return f'<i class="{kind}" style="{where}" title="{escape(_words(dot, possible))}">{name}</i>'


def _words(dot: Dot, possible: Possible) -> str:
    worst = ", ".join(
        f"worst {footprint.label.lower()} {amount(value, footprint.unit)}"
        for footprint, value in zip(possible.footprints, dot.worst, strict=True)
    )
    kept = "made within the goals" if dot.within else "made without the goals"
    opening = f"{dot.name}: " if dot.name else ""
    return f"{opening}{amount(dot.cost_usd, 'usd')}, {worst}; {kept}"
