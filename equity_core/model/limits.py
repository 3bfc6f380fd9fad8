"""Limits: what a plan may not exceed.

Inside the master each limit may be relaxed, at a price that no gain pays: one that can be met is
met exactly, and one that cannot tells by how much it is missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from equity_core.arrays import Flags, Floats
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.measures.rows import Rows
from equity_core.measures.units import Units
from equity_core.scenario.scenario import Scenario

SLACK = 1e-9
"""A limit that is missed by this share of itself is met: solvers round."""

NOTHING = 1e-6
"""A region that carries less than this share of the mean in the reference plan has
as good as nothing. No percentage lets it carry more: "no region worse" limits it apart."""

NEARLY_FREE = 1e-9
"""A cheapest plan below this share of what no plan exceeds costs nothing but for rounding. Then no
increase in percent allows any cost."""

BEYOND = 1e6
"""A bound counts as so many of its steps at most: no plan comes near it, and larger figures would
only cost the solver digits."""

SMALLEST_STEP, LARGEST_STEP = 1e-3, 1e3
"""The master measures how far a limit is relaxed in steps, so that its figures stay near 1. A step
is the limit's own size, but between these shares of what no plan exceeds."""


@dataclass(frozen=True, eq=False)
class Reference:
    """What limits refer to, always in the world as the scenario sets it: measures [1 + K, N].

    cheapest    of the cheapest plan
    none_worse  of the plan under which no region may be worse off
    """

    cheapest: Floats | None = None
    none_worse: Floats | None = None


@dataclass(frozen=True, eq=False)
class Limit:
    """coefficients . measures <= bound + relaxation * step, one relaxation for all rows.

    field         the scenario's field, for example `water_limit_m3`
    asked         what the field says; a relaxation of 1 adds `unit` to it. 0: no value of the
                  field relaxes these rows
    coefficients  [R, 1 + K, N]
    bound, step   [R], in the unit of the measure
    """

    field: str
    asked: float
    unit: float
    coefficients: Floats
    bound: Floats
    step: Floats

    @property
    def is_adjustable(self) -> bool:
        """Whether another value of the field would relax these rows."""
        return self.unit != 0

    def used(self, measures: Floats) -> Floats:
        """[R] what `measures` [1 + K, N] make of each row."""
        used: Floats = np.tensordot(self.coefficients, measures, axes=2)
        return used

    def excess(self, measures: Floats) -> float:
        """The smallest relaxation that lets `measures` pass; 0 where they do."""
        over = float(np.max((self.used(measures) - self.bound) / self.step, initial=0.0))
        return over if over > SLACK else 0.0

    def relaxed(self, relaxation: float) -> float:
        """What the field would have to say."""
        return self.asked + relaxation * self.unit

    def in_units(self, units: Units) -> Limit:
        """The same limit of measures in these units; one beyond all plans stays within sight."""
        own = units.of_rows(self.coefficients)
        bound = np.minimum(self.bound, BEYOND * self.step)
        return replace(self, bound=bound / own, step=self.step / own)

    def rows(self, price: float, start: float) -> Rows:
        """The rows of the master; a unit of relaxation costs `price`.

        The duals start at the share `start` of the largest they can be.
        """
        count = len(self.bound)
        return Rows(
            tuple(f"{self.field}.{r}" for r in range(count)),
            self.coefficients,
            -self.step[:, None],
            np.array([price]),
            self.bound,
            start * price / (count * self.step),
        )


def limits_of(
    scenario: Scenario, dataset: Dataset, reference: Reference, largest: Floats
) -> tuple[Limit, ...]:
    """All limits of a scenario, in the order of its fields: docs/METHOD.md (13), (14), (15).

    `largest` [1 + K, N]: sizes of the measures that no plan exceeds.
    """
    limits = []
    if scenario.cost_increase_limit is not None and reference.cheapest is not None:
        cheapest_usd = float(reference.cheapest[0].sum())
        limits.append(_cost_limit(scenario.cost_increase_limit, cheapest_usd, largest))
    for k, footprint in enumerate(dataset.footprints):
        limits += _footprint_limits(scenario, dataset, footprint, 1 + k, largest)
    if scenario.no_region_worse and reference.none_worse is not None:
        limits += _none_worse(scenario.worse_tolerance, reference.none_worse, largest)
    return tuple(limits)


def _footprint_limits(
    scenario: Scenario,
    dataset: Dataset,
    footprint: Footprint,
    quantity: int,
    largest: Floats,
) -> list[Limit]:
    """Limits of all regions, of single regions, and of the total of one footprint."""
    each, total = _fields(footprint)
    limits = []
    whole, summed = _asked(scenario, footprint)
    if whole is not None:
        limits.append(_caps(each, whole, quantity, range(largest.shape[1]), largest))
    for i, site in enumerate(dataset.site_ids):
        own = getattr(scenario.factors_of(site), each, None)
        if own is not None:
            limits.append(_caps(f"factors.{site}.{each}", own, quantity, [i], largest))
    if summed is not None:
        coefficients = np.zeros((1, *largest.shape))
        coefficients[0, quantity] = 1.0
        limits.append(_limit(total, summed, coefficients, largest))
    return limits


def _fields(footprint: Footprint) -> tuple[str, str]:
    """The fields that limit each region and the total of a footprint."""
    if footprint.name in ("water", "carbon"):
        return f"{footprint.name}_limit_{footprint.unit}", (
            f"{footprint.name}_total_limit_{footprint.unit}"
        )
    return f"further.{footprint.name}.limit", f"further.{footprint.name}.total_limit"


def _asked(scenario: Scenario, footprint: Footprint) -> tuple[float | None, float | None]:
    each, total = _fields(footprint)
    if each.startswith("further."):
        terms = scenario.further_of(footprint.name)
        return terms.limit, terms.total_limit
    return getattr(scenario, each), getattr(scenario, total)


def _caps(field: str, bound: float, quantity: int, sites: Sequence[int], largest: Floats) -> Limit:
    """m[quantity, i] <= bound for each of `sites`."""
    coefficients = np.zeros((len(sites), *largest.shape))
    coefficients[np.arange(len(sites)), quantity, list(sites)] = 1.0
    return _limit(field, bound, coefficients, largest)


def _limit(field: str, bound: float, coefficients: Floats, largest: Floats) -> Limit:
    """A limit in the measure's own unit, relaxed by multiples of itself."""
    step = float(_step(bound, np.tensordot(coefficients, largest, axes=2).max()))
    rows = len(coefficients)
    return Limit(field, bound, step, coefficients, np.full(rows, bound), np.full(rows, step))


def _step(size: float | Floats, most: float | Floats) -> Floats:
    """`size`, kept within sight of `most`, which no plan exceeds: less would be rounding."""
    step = np.clip(size, np.multiply(SMALLEST_STEP, most), np.multiply(LARGEST_STEP, most))
    return np.where(np.greater(most, 0), step, 1.0)


def _cost_limit(increase: float, cheapest_usd: float, largest: Floats) -> Limit:
    """sum_i cost_i <= cheapest + increase * |cheapest|: of a negative cost too, that much dearer.

    Where the cheapest plan costs nothing no increase, as a share of it, allows any cost.
    """
    coefficients = np.zeros((1, *largest.shape))
    coefficients[0, 0] = 1.0
    size, most = abs(cheapest_usd), float(largest[0].sum())
    step = float(_step(size, most))
    unit = step / size if size > NEARLY_FREE * most else 0.0
    bound = cheapest_usd + increase * size
    return Limit(
        "cost_increase_limit", increase, unit, coefficients, np.array([bound]), np.array([step])
    )


def _none_worse(tolerance: float, reference: Floats, largest: Floats) -> list[Limit]:
    """m[k, i] <= (1 + tolerance) reference[k, i] for every footprint k, relaxed by the reference.

    No tolerance, as a share, lets a region carry more that carries nothing in the reference: such
    regions have a limit of their own, in multiples of the mean burden.
    """
    burdens, mean = reference[1:], reference[1:].mean(axis=1, keepdims=True)
    step = np.broadcast_to(_step(mean, largest[1:].max(axis=1, keepdims=True)), burdens.shape)
    some = burdens > NOTHING * step
    bound = (1 + tolerance) * burdens
    limits = (
        _held(tolerance, 1.0, some, bound, burdens),
        _held(tolerance, 0.0, ~some, bound, step),
    )
    return [limit for limit in limits if len(limit.bound)]


def _held(tolerance: float, unit: float, which: Flags, bound: Floats, step: Floats) -> Limit:
    """The limit of the burdens [K, N] that `which` marks."""
    k, i = np.nonzero(which)
    coefficients = np.zeros((len(k), 1 + which.shape[0], which.shape[1]))
    coefficients[np.arange(len(k)), 1 + k, i] = 1.0
    return Limit("worse_tolerance", tolerance, unit, coefficients, bound[which], step[which])
