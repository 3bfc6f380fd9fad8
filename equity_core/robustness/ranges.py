"""How far figures may be off: a relative standard deviation by quantity, or by region as well."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from numbers import Real
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from equity_core.errors import ScenarioError, clipped, shown
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.checks import did_you_mean

USUAL: Mapping[str, float] = MappingProxyType(
    {"price": 0.2, "water": 0.2, "carbon": 0.1, "marginal_carbon": 0.1}
)
"""What is taken unless said otherwise; demand and further footprints are known exactly."""

LARGEST_SPREAD = 1.0
"""Beyond it a lognormal factor lies within a factor of ten of its median no more than two times in
three: no longer a figure that is somewhat off."""

FEWEST_DRAWS, MOST_DRAWS, USUAL_DRAWS = 1, 10_000, 128
LARGEST_SEED = 2**31 - 1
APART, GRID_AREA = "region", "grid_area"
"""Each region's figures are off by a factor of its own, or those of a grid area by one."""


@dataclass(frozen=True)
class Ranges:
    """Raises `ScenarioError` for what cannot be drawn.

    spreads   relative standard deviation of the lognormal factor (0.2 is 20%), by quantity
              ("price", "demand", a footprint's name) or by region and quantity ("texas.water");
              what is not named is as `USUAL`
    together  "region": every region draws for itself; "grid_area": regions of one grid area share
              their factors
    draws     how many
    seed      the same seed, the same draws
    """

    spreads: Mapping[str, float] = field(default_factory=dict)
    together: str = APART
    draws: int = USUAL_DRAWS
    seed: int = 1

    def __post_init__(self) -> None:
        for name, spread in self.spreads.items():
            _check_number(f"range {clipped(name)}", spread, 0, LARGEST_SPREAD, "0.2 for 20%")
        _check_whole("draws", self.draws, FEWEST_DRAWS, MOST_DRAWS, USUAL_DRAWS)
        _check_whole("seed", self.seed, 0, LARGEST_SEED, 1)
        if self.together not in (APART, GRID_AREA):
            problem = f"There is nothing to draw by called {shown(self.together)}."
            raise ScenarioError(
                "together", f"{problem} {did_you_mean(self.together, (APART, GRID_AREA))}"
            )
        spreads = {name: float(self.spreads[name]) for name in sorted(self.spreads)}
        object.__setattr__(self, "spreads", MappingProxyType(spreads))

    def __hash__(self) -> int:
        return hash(self.to_words())

    def __reduce__(self) -> tuple[object, ...]:
        return Ranges, (dict(self.spreads), self.together, self.draws, self.seed)

    def check_against(self, dataset: Dataset) -> None:
        """Raises `ScenarioError` for a quantity or region that `dataset` does not have."""
        quantities = quantities_of(dataset)
        for name in self.spreads:
            site, _, quantity = name.rpartition(".")
            if quantity not in quantities:
                unknown, known = f"quantity {shown(quantity)}", quantities
            elif "." in name and site not in dataset.site_ids:
                unknown, known = f"region {shown(site)}", dataset.site_ids
            else:
                continue
            raise ScenarioError(
                "range",
                f"Range {shown(name)}: data set {dataset.id!r} has no {unknown}. "
                f"{did_you_mean(site if known is dataset.site_ids else quantity, known)}",
            )

    def spread_of(self, quantity: str, site: str) -> float:
        """The relative standard deviation of one quantity at one region."""
        whole = self.spreads.get(quantity, USUAL.get(quantity, 0.0))
        return self.spreads.get(f"{site}.{quantity}", whole)

    def to_words(self) -> str:
        """ "price=0.2&texas.water=0.4&draws=64&seed=7": only what is not as usual, seed always."""
        told = {name: f"{spread!r}" for name, spread in self.spreads.items()}
        told |= {"together": self.together} if self.together != APART else {}
        told |= {"draws": str(self.draws)} if self.draws != USUAL_DRAWS else {}
        return urlencode(told | {"seed": str(self.seed)})

    @classmethod
    def from_words(cls, text: str) -> Ranges:
        """The ranges of `to_words`; raises `ScenarioError`."""
        told = dict(parse_qsl(text, keep_blank_values=True))
        together = told.pop("together", APART)
        try:
            draws, seed = int(told.pop("draws", USUAL_DRAWS)), int(told.pop("seed", 1))
            spreads = {name: float(value) for name, value in told.items()}
        except ValueError as error:
            raise ScenarioError(
                "range",
                f"{clipped(text)!r} cannot be read; write ranges such as "
                "price=0.3&draws=64&seed=7.",
            ) from error
        return cls(spreads, together, draws, seed)


def read_ranges(settings: Iterable[str]) -> dict[str, float]:
    """The spreads of "price=0.2", "texas.water=0.4"; raises `ScenarioError`."""
    spreads = {}
    for text in settings:
        name, sign, value = (part.strip() for part in text.partition("="))
        if name in spreads:
            raise ScenarioError(
                "range", f"range {shown(name)} is given twice; say once how far it may be off."
            )
        try:
            spreads[name] = float(value)
        except ValueError:
            sign = ""
        if not (name and sign):
            raise ScenarioError(
                "range",
                f"range {shown(text)} cannot be read; write a quantity and its relative standard "
                "deviation, such as price=0.2 or texas.water=0.4.",
            )
    return spreads


def quantities_of(dataset: Dataset) -> tuple[str, ...]:
    """Q names of what may be off: price, every footprint, demand; the order of all draws."""
    return ("price", *(footprint.name for footprint in dataset.footprints), "demand")


def _check_number(field: str, value: object, least: float, most: float, such_as: str) -> None:
    number = isinstance(value, Real) and not isinstance(value, bool)
    if not (number and math.isfinite(value) and least <= value <= most):  # type: ignore[arg-type, operator]
        raise ScenarioError(
            field,
            f"{field} is {shown(value)}; give a relative standard deviation from {least:g} to "
            f"{most:g}, such as {such_as}.",
        )


def _check_whole(field: str, value: object, least: int, most: int, such_as: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ScenarioError(
            field,
            f"{field} is {shown(value)}; give a whole number from {least} to {most:,}, such as "
            f"{such_as}.",
        )
