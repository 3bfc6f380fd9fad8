"""The figures that methods and forecasts take, with their usual values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from numbers import Real

from equity_core.errors import ScenarioError, shown

ABOVE_ZERO = ("eta", "zmax_water", "zmax_carbon")
LARGEST_ERROR, LARGEST = 10.0, 1e12
"""Beyond these, e to the power of an error, or a product with a burden, is no longer a number."""


@dataclass(frozen=True)
class Parameters:
    """Raises `ScenarioError` for a figure that cannot be used.

    error          relative, of a noisy or biased forecast (a standard deviation)
    trust          lambda: by what share a blend may be worse than without a forecast
    eta            how far mirror descent moves the duals for a USD of burden, 1/USD
    zmax_water,
    zmax_carbon    USD an hour that mirror descent sets against the burdens at most

    The last three are the authors' own unless given.
    """

    error: float = 0.1
    trust: float = 0.05
    eta: float = 1e-4
    zmax_water: float = 600.0
    zmax_carbon: float = 900.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value, least = getattr(self, field.name), field.name in ABOVE_ZERO
            most = LARGEST_ERROR if field.name == "error" else LARGEST
            number = isinstance(value, Real) and not isinstance(value, bool)
            if not (number and (0 < value <= most if least else 0 <= value <= most)):
                raise ScenarioError(
                    field.name,
                    f"{field.name} is {shown(value)}; give a number "
                    f"{'above 0' if least else 'of 0 or more'}, {most:g} at most, such as "
                    f"{field.default}.",
                )
