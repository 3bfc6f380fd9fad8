"""Colour scales for maps and charts by hour, shared by the page and the printed pictures.

They are F. Crameri's Scientific colour maps (MIT licence): perceptually even and safe for
colour-blind readers. `vik` is centred at zero for changes; `lapaz`, reversed so that darker
means more, starts at zero for burdens: equal burdens look equal. On a dark page `berlin`, and
`lapaz` as it is, take their places, since there the lightest colours are seen first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RGB = tuple[int, int, int]


def _palette(name: str, start: int, stop: int, step: int) -> NDArray[np.uint8]:
    """A slice of one colour table, shape [n, 3].

    Read from cmcrameri's own file: importing that package would start pyplot.
    """
    spec = find_spec("cmcrameri")
    assert spec is not None and spec.origin is not None, "requirements.txt lists cmcrameri"
    table = np.loadtxt(Path(spec.origin).parent / "cmaps" / f"{name}.txt")
    colours = (table * 255).round().astype(np.uint8)[start:stop:step]
    colours.flags.writeable = False
    return colours


# The ends are left out: near black and near white, they would swallow borders and labels.
PALETTES = {
    "vik": _palette("vik", 12, -12, 1),
    "lapaz": _palette("lapaz", -12, 8, -1),
    "berlin": _palette("berlin", 0, 256, 1),
    "lapaz light": _palette("lapaz", 8, -12, 1),
}
ON_DARK = {"vik": "berlin", "lapaz": "lapaz light"}
"""What a palette is on a dark page."""
MISSING: RGB = (205, 208, 211)
"""No figure: of a region, and of all land that is no region of the data. Far enough from the middle
of `vik`, which says that nothing changes."""
NO_DATA = "no data"
"""What legends call it."""
STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """Maps values of [low, high] to colours; values outside take the colour of the nearer end."""

    low: float
    high: float
    palette: str

    def on_dark(self) -> Scale:
        """The same scale for a dark page."""
        return replace(self, palette=ON_DARK[self.palette])

    def position(self, value: float) -> float:
        """Where `value` lies on the scale, 0 to 1."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def rgb(self, value: float) -> RGB:
        """Red, green and blue (0 to 255) of `value`; grey where it is not known."""
        if not math.isfinite(value):
            return MISSING
        colours = PALETTES[self.palette]
        red, green, blue = colours[round(self.position(value) * (len(colours) - 1))]
        return int(red), int(green), int(blue)

    def ticks(self) -> tuple[float, ...]:
        """Five evenly spaced legend values; zero is one of them."""
        return tuple(float(tick) for tick in np.linspace(self.low, self.high, 5))

    def ramp(self, steps: int = 256) -> NDArray[np.uint8]:
        """Colours from low to high, shape [steps, 3], for drawing the legend."""
        colours = PALETTES[self.palette]
        chosen = np.linspace(0, len(colours) - 1, steps).round().astype(int)
        return np.take(colours, chosen, axis=0)


def scale_for(view: str, values: Iterable[float]) -> Scale:
    """The scale for a "change" or a "burden" view that holds all of `values`."""
    return change_scale(values) if view == "change" else burden_scale(values)


def change_scale(values: Iterable[float]) -> Scale:
    """Diverging and symmetric about zero."""
    limit = _nice_limit(values)
    return Scale(-limit, limit, "vik")


def burden_scale(values: Iterable[float]) -> Scale:
    """Sequential from zero (or symmetric where a burden, such as a cost, is negative)."""
    known = [value for value in values if math.isfinite(value)]
    if any(value < 0 for value in known):
        return change_scale(known)
    return Scale(0.0, _nice_limit(known), "lapaz")


def _nice_limit(values: Iterable[float]) -> float:
    """The smallest round number at or above every size; 1 when nothing is above zero.

    Round limits keep the legend still while a weight moves in small steps.
    """
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if largest < 1e-6:
        return 1.0
    magnitude = 10.0 ** math.floor(math.log10(largest))
    return next(step * magnitude for step in STEPS if step * magnitude >= largest * (1 - 1e-9))
