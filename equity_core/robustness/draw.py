"""One draw: what each plan comes to where figures turn out otherwise. A pure function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from equity_core.arrays import Flags, Floats, Integers
from equity_core.errors import EquityError, InfeasibleError, SolverError
from equity_core.inputs.dataset import Dataset
from equity_core.model.instance import Instance
from equity_core.model.limits import Reference
from equity_core.online.blend import check_measures
from equity_core.online.charges import charges_of
from equity_core.online.pace import Evenly, leeway_of
from equity_core.online.refusals import check_period, check_scenario
from equity_core.online.weights import by_weights
from equity_core.outcome.digits import settled
from equity_core.outcome.outcome import WORSE_BEYOND
from equity_core.robustness.posed import Known, Posed, posed
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.plan import Plan
from equity_core.solvers.offline import reference_scenarios

BINDS_BEYOND = 1e-6
"""Share of the largest dual of a footprint above which another one counts as binding."""


class Packed:
    """A record that comes small out of another process: arrays as pickle leaves them, views of
    buffers, take three times the memory, and pages keep thousands."""

    def __reduce__(self) -> tuple[Any, ...]:
        given = (getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]
        told = tuple(_Array.of(x) if isinstance(x, np.ndarray) else x for x in given)
        return _unpacked, (type(self), told)


@dataclass(frozen=True, slots=True)
class _Array:
    dtype: str
    shape: tuple[int, ...]
    content: bytes

    @classmethod
    def of(cls, array: np.ndarray[Any, Any]) -> _Array:
        return cls(array.dtype.str, array.shape, array.tobytes())

    @property
    def array(self) -> np.ndarray[Any, Any]:
        return np.frombuffer(self.content, self.dtype).reshape(self.shape).copy()


def _unpacked(kind: type, told: tuple[Any, ...]) -> Any:
    return kind(*(x.array if isinstance(x, _Array) else x for x in told))


@dataclass(frozen=True, eq=False)
class Figures(Packed):
    """What a plan comes to in one draw. K footprints, N sites of the scenario's fleet.

    objective    what the policy minimises, without what broken limits cost; its unit is the plan's
    cost_usd     energy cost of all regions
    worst        [K] the largest burden of one region, m3, t ...
    worst_site   [K] position of that region, the first of several
    worse        [N] carries more of any footprint than in the baseline's plan; never the new site
    keeps_limits whether it keeps the scenario's limits
    """

    objective: float
    cost_usd: float
    worst: Floats
    worst_site: Integers
    worse: Flags
    keeps_limits: bool


@dataclass(frozen=True, eq=False)
class Baseline(Packed):
    """Energy cost in USD and the largest burden of one region [K] of the plan compared with."""

    cost_usd: float
    worst: Floats


@dataclass(frozen=True, eq=False)
class Draw(Packed):
    """The record of one draw, small enough to be sent and kept by thousands.

    trouble   "" or why there is no best plan: "demand" (more than capacity), "limits" (no plan
              keeps them), "certificate" (not solved exactly)
    best      planned anew in this draw, beside `before`, the baseline planned anew; None in trouble
    binds     [K, N] where the best plan's worst case or limit holds it back (dual > 0)
    kept      the plan as it was made, beside `kept_before`, the baseline's as it was made; None
              where demand exceeds capacity
    online    planned hour by hour by exponential weights, which see each hour's figures as it
              comes; None in trouble, or where the scenario cannot be planned in that way
    """

    trouble: str
    best: Figures | None
    before: Baseline | None
    binds: Flags
    kept: Figures | None
    kept_before: Baseline | None
    online: Figures | None

    @property
    def regret(self) -> float | None:
        """How far the kept plan is above the best of this draw, as a share of that."""
        return self._above(self.kept)

    @property
    def online_regret(self) -> float | None:
        """The same for the plan made hour by hour."""
        return self._above(self.online)

    def _above(self, other: Figures | None) -> float | None:
        if self.best is None or other is None or self.best.objective == 0:
            return None
        return (other.objective - self.best.objective) / abs(self.best.objective)


@dataclass(frozen=True, eq=False)
class Base:
    """What all draws of a scenario share: its plan and its baseline's on the data set's figures.

    cheapest and none_worse are the plans that limits refer to, where there are any; `plays` says
    whether it can be planned hour by hour.
    """

    chosen: Posed
    before: Posed
    cheapest: Posed | None
    none_worse: Posed | None
    plays: bool

    def draw(self, factors: Floats, watch: Callable[[], None] = lambda: None) -> Draw:
        """The record where figures are off by `factors` [Q, N] (`factors_of`).

        docs/METHOD.md (38), (39). The quantities Q are price, footprints and demand. `watch` is
        called before each round of a solve and may raise to stop.
        """
        try:
            baseline = self.before.drawn(factors, Reference())
            instance = self.chosen.drawn(factors, self._reference(factors, watch))
        except InfeasibleError:
            return self._in_trouble("demand", None, None)
        except SolverError:
            return self._in_trouble("certificate", None, None)
        before = self._compared(self.before.kept(baseline))
        kept = _figures(instance, self.chosen.kept(instance), before)
        try:
            anew = self.before.best(baseline, watch)
            now = self._compared(baseline.measures(anew.load))
            plan = self.chosen.best(instance, watch)
        except InfeasibleError:
            return self._in_trouble("limits", kept, before)
        except SolverError:
            return self._in_trouble("certificate", kept, before)
        return Draw(
            trouble="",
            best=_figures(instance, plan.instance.measures(plan.load), now),
            before=now.figures,
            binds=_binds(plan),
            kept=kept,
            kept_before=before.figures,
            online=self._online(instance, before),
        )

    def _compared(self, measures: Floats) -> _Before:
        """The baseline's plan with these measures, by site of the scenario's fleet."""
        rounded = np.stack([settled(row) for row in measures])
        sites = len(self.chosen.fleet.site_ids)
        burdens = np.zeros((len(rounded) - 1, sites))
        burdens[:, : rounded.shape[1]] = rounded[1:]  # a site that the baseline lacks carried none
        regions = np.arange(sites) < sites - bool(self.chosen.scenario.new_site_like)
        return _Before(
            burdens, Baseline(float(settled(rounded[0].sum())), burdens.max(axis=1)), regions
        )

    def _reference(self, factors: Floats, watch: Callable[[], None]) -> Reference:
        """What limits refer to in this draw."""
        return Reference(
            *(
                None if plan is None else _best_measures(plan, factors, watch)
                for plan in (self.cheapest, self.none_worse)
            )
        )

    def _online(self, instance: Instance, before: _Before) -> Figures | None:
        if not self.plays:
            return None
        arrays, charges = instance.physics.arrays, charges_of(instance)
        hours, sites = instance.physics.shape
        waiting = Evenly(leeway_of(instance.physics)).all()
        load, gamma = np.empty((hours, sites)), np.empty((hours, len(charges.quantity), sites))
        by_weights(arrays, charges, waiting, instance.physics.any_order(), load, gamma)
        return _figures(instance, instance.measures(load), before)

    def _in_trouble(self, why: str, kept: Figures | None, before: _Before | None) -> Draw:
        shape = len(self.chosen.fleet.footprints), len(self.chosen.fleet.site_ids)
        nothing = np.zeros(shape, dtype=np.bool_)
        was = None if before is None else before.figures
        return Draw(why, None, None, nothing, kept, was, None)


def base_of(scenario: Scenario, dataset: Dataset, watch: Callable[[], None] = lambda: None) -> Base:
    """Plan a scenario and what it refers to on the data set's own figures; raises like `solve`."""
    known: Known = {}
    cheapest, none_worse = (
        None if asked is None else posed(asked, dataset, Reference(), known, watch)
        for asked in reference_scenarios(scenario)
    )
    reference = Reference(*(None if x is None else _measures(x) for x in (cheapest, none_worse)))
    chosen = posed(scenario, dataset, reference, known, watch)
    before = posed(scenario.baseline_scenario(), dataset, Reference(), known, watch)
    return Base(chosen, before, cheapest, none_worse, _plays(chosen))


def _measures(plan: Posed) -> Floats:
    return plan.plan.instance.measures(plan.plan.load)


def _best_measures(plan: Posed, factors: Floats, watch: Callable[[], None]) -> Floats:
    instance = plan.drawn(factors, Reference())
    return instance.measures(plan.best(instance, watch).load)


def _plays(chosen: Posed) -> bool:
    """Whether the scenario can be planned hour by hour by exponential weights."""
    scenario, instance = chosen.scenario, chosen.plan.instance
    try:
        check_scenario(scenario, "weights")
        check_period(instance.physics.shape[0], scenario, chosen.fleet)
        check_measures(instance, charges_of(instance))
    except EquityError:
        return False
    return True


@dataclass(frozen=True, eq=False)
class _Before:
    """Burdens [K, N] of the plan compared with, its totals, and which sites are regions [N]."""

    burdens: Floats
    figures: Baseline
    regions: Flags


def _figures(instance: Instance, measures: Floats, before: _Before) -> Figures:
    cost, *burdens = (settled(row) for row in measures)
    carried = np.stack(burdens)
    risen = carried - before.burdens > WORSE_BEYOND * before.burdens.max(axis=1, keepdims=True)
    objective = sum(instance.objective.by_term(measures).values())
    return Figures(
        objective=float(settled(objective)),
        cost_usd=float(settled(cost.sum())),
        worst=carried.max(axis=1),
        worst_site=carried.argmax(axis=1),
        worse=risen.any(axis=0) & before.regions,
        keeps_limits=not instance.objective.broken(measures),
    )


def _binds(plan: Plan) -> Flags:
    """[K, N] the rows with a dual: `Outcome.duals` above rounding."""
    rows = plan.instance.objective.rows.coefficients
    if not len(rows):
        return np.zeros(tuple(np.subtract(plan.instance.scale.shape, (1, 0))), dtype=np.bool_)
    duals: Floats = np.tensordot(plan.trial.duals, rows, axes=1)[1:]
    most = duals.max(axis=1, keepdims=True)
    binds: Flags = (duals > BINDS_BEYOND * most) & (most > 0)
    return binds
