"""Optimal plans at the nodes of a weight grid, reduced to load, cost and burdens by region."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.measures.table import MEASURES
from equity_core.model.fleet import fleet_of
from equity_core.model.instance import Instance, build_instance
from equity_core.model.lens import lens_of
from equity_core.model.limits import Reference
from equity_core.preview.grid import WeightGrid, grid_for
from equity_core.scenario.limits import limits_set
from equity_core.scenario.policies import carbon_counted
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.plan import best_plan
from equity_core.solvers.engine.warm_starts import Pool

TOLERANCE = 1e-4
"""Relative gap of a node: a tenth of what mixing takes."""


@dataclass(frozen=True, eq=False)
class Node:
    """One optimal plan.

    amounts    [2 + K, N] energy (MWh), cost (USD) and burdens by region
    objective  at the node's own weights
    charges    [2] what a unit more of the water and of the carbon weight adds to the objective
    """

    amounts: Floats
    objective: float
    charges: Floats


@dataclass(frozen=True, eq=False)
class Nodes:
    """All nodes of a grid of I x J pairs of weights; shapes as in `Node`, after [I, J]."""

    grid: WeightGrid
    columns: tuple[str, ...]
    amounts: Floats
    objective: Floats
    charges: Floats

    @property
    def nbytes(self) -> int:
        """What it takes in memory, roughly."""
        return self.amounts.nbytes + self.objective.nbytes + self.charges.nbytes


def can_preview(scenario: Scenario, dataset: Dataset) -> bool:
    """Whether mixes of plans at other weights tell what `scenario` will be like.

    Not where no weight acts, where limits may bind or load may wait, nor for measures and sites for
    which nobody has measured how close they come.
    """
    plain = scenario.policy == "equity" and scenario.measure == "worst"
    free = not limits_set(scenario) and not scenario.waiting_share and not scenario.new_site_like
    return plain and free and grid_of(dataset) is not None


def grid_of(dataset: Dataset) -> WeightGrid | None:
    """The grid for this data set; None where it is too large for one."""
    return grid_for(len(dataset.site_ids) * len(dataset.hours))


def grid_scenario(scenario: Scenario) -> Scenario:
    """The scenario that stands for all with the same nodes: weights and baseline do not count."""
    default = Scenario()
    names = ("water_weight", "carbon_weight", "baseline", "baseline_world")
    return scenario.replace(**{name: getattr(default, name) for name in names})


def solve_nodes(
    scenario: Scenario,
    dataset: Dataset,
    places: Sequence[tuple[float, float]],
    pool: Pool,
    watch: Callable[[], None] = lambda: None,
) -> list[Node]:
    """The plans at some pairs of weights (water, carbon), in turn; raises like `solve`."""
    fleet = fleet_of(scenario, dataset)
    return [
        _node(scenario.replace(water_weight=water, carbon_weight=carbon), fleet, pool, watch)
        for water, carbon in places
    ]


def _node(scenario: Scenario, fleet: Dataset, pool: Pool, watch: Callable[[], None]) -> Node:
    instance, load = _plan(scenario, fleet, pool, watch)
    measures = instance.measures(load)
    charges = [_charge(scenario, fleet, name, measures) for name in weighed(scenario)]
    amounts = _amounts(load, measures)
    return Node(amounts, instance.objective.value(measures), np.array(charges))


def solve_plan(
    scenario: Scenario, dataset: Dataset, pool: Pool, watch: Callable[[], None]
) -> Floats:
    """[2 + K, N] energy, cost and burdens of the plan, certified to `TOLERANCE`."""
    instance, load = _plan(scenario, fleet_of(scenario, dataset), pool, watch)
    return _amounts(load, instance.measures(load))


def _plan(
    scenario: Scenario, fleet: Dataset, pool: Pool, watch: Callable[[], None]
) -> tuple[Instance, Floats]:
    start = pool.start_for(scenario, fleet)
    with start.lock:
        instance = build_instance(scenario, fleet, start.physics, Reference())
        return instance, best_plan(instance, start, TOLERANCE, TOLERANCE, watch).load


def _amounts(load: Floats, measures: Floats) -> Floats:
    return np.vstack([load.sum(axis=0), measures])


def weighed(scenario: Scenario) -> tuple[str, str]:
    """The footprints that the water and the carbon weight count."""
    return "water", carbon_counted(scenario)


def _charge(scenario: Scenario, fleet: Dataset, name: str, measures: Floats) -> float:
    """The measure of a footprint, whatever it weighs in the scenario."""
    place = 1 + [item.name for item in fleet.footprints].index(name)
    lens = lens_of(scenario, fleet, name)
    parameter = scenario.share_or_exponent
    term = MEASURES[scenario.measure].term(name, place, 1.0, lens, parameter)
    return term.value(measures)


def gathered(grid: WeightGrid, dataset: Dataset, solved: Sequence[Node]) -> Nodes:
    """The nodes of a whole grid, `solved` in the order of its path."""
    shape = len(grid.water), len(grid.carbon)
    at = dict(zip(grid.path, solved, strict=True))
    nodes = [at[row, column] for row in range(shape[0]) for column in range(shape[1])]
    amounts = np.array([node.amounts for node in nodes])
    columns = ("energy_mwh", "cost_usd", *(item.column for item in dataset.footprints))
    return Nodes(
        grid,
        columns,
        amounts.reshape(*shape, *amounts.shape[1:]),
        np.array([node.objective for node in nodes]).reshape(shape),
        np.array([node.charges for node in nodes]).reshape(*shape, 2),
    )
