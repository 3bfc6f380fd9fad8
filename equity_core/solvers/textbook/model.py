"""An independent model: the plain program of docs/METHOD.md, sections 1, 4 and 5, in cvxpy.

It shares nothing with the engine but the scenario and the data: one variable for each allowed
pair of gateway and site and each hour, epigraph form, no decomposition. HiGHS solves it, Clarabel
where a norm makes it a cone program. Slow, and meant to be read beside the method: tests and the
method page hold the engine's answers against it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cvxpy as cp
import numpy as np
import pandas as pd
import scipy.sparse as sp
from cvxpy.atoms.pnorm import pnorm

from equity_core.arrays import Floats
from equity_core.errors import InfeasibleError, SolverError
from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import fleet_of
from equity_core.scenario.policies import policy_terms
from equity_core.scenario.scenario import Scenario, check_against
from equity_core.solvers.textbook.figures import Figures

TIE = 1e-11
"""Relative rise of the cost that is rounding, where further wishes choose among cheapest plans."""


@dataclass(frozen=True, eq=False)
class TextbookAnswer:
    """objective as in `Outcome`; burdens as in `Outcome.burdens` (any one optimal plan)."""

    objective: float
    burdens: pd.DataFrame


def solve_textbook(
    scenario: Scenario,
    dataset: Dataset,
    solver: str = cp.HIGHS,
    reference: pd.DataFrame | None = None,
) -> TextbookAnswer:
    """Solve `scenario` as one program.

    `reference` are the burdens that no region may exceed under `no_region_worse`; left out, the
    plan is solved here too, which among equal plans need not choose the one that the engine
    chooses.
    Raises `ScenarioError`, `InfeasibleError`, or `SolverError` where the solver finds no optimum.
    """
    dataset = fleet_of(scenario, dataset)
    check_against(scenario, dataset)
    model = _Model.of(scenario, dataset)
    limits = _cost_limit(scenario, dataset, model) + _burden_limits(scenario, dataset, model)
    if scenario.no_region_worse:
        least = _reference(scenario, dataset) if reference is None else reference
        limits += _none_worse(scenario, dataset, model, least)
    objective, rows = _objective(scenario, dataset, model)
    if not all(row.args[0].is_affine() for row in rows):
        # Clarabel does not always tell an infeasible program from an unbounded one.
        model.solve(cp.Constant(0), limits, cp.HIGHS)
        solver = cp.CLARABEL
    value = model.solve(objective, [*rows, *limits], solver)
    return TextbookAnswer(value, model.burdens(dataset))


@dataclass(frozen=True, eq=False)
class _Model:
    """Physics: load [N T], and [N] expressions by name: "cost" and each footprint."""

    load: cp.Expression
    by_name: dict[str, cp.Expression]
    physics: list[cp.Constraint]

    @classmethod
    def of(cls, scenario: Scenario, dataset: Dataset) -> _Model:
        figures = Figures.of(scenario, dataset)
        if not figures.most.size:
            raise _no_plan("no site is within reach")
        # Finite bounds: cvxpy takes 0 times an infinite one for NaN, and feasible for infeasible.
        served = cp.Variable(len(figures.most), bounds=[0, figures.most])
        # What waits runs at any site and any hour of its window.
        later = cp.Variable(len(figures.room), bounds=[0, figures.waiting.sum()])
        movable = figures.sum_by_site @ served + later
        load = movable + figures.fixed
        names = ("cost", *(footprint.name for footprint in dataset.footprints))
        measures = [matrix @ load for matrix in figures.measures]
        return cls(
            load,
            dict(zip(names, measures, strict=True)),
            [
                figures.sum_by_gateway @ served == figures.demand,
                figures.sum_by_window @ later == figures.waiting,
                movable <= figures.room,
            ],
        )

    def solve(self, objective: cp.Expression, rows: list[cp.Constraint], solver: str) -> float:
        """The least `objective` under physics and `rows`."""
        problem = cp.Problem(cp.Minimize(objective), [*self.physics, *rows])
        _run(problem, solver)
        if problem.status in (cp.INFEASIBLE, cp.settings.INFEASIBLE_OR_UNBOUNDED):
            raise _no_plan(problem.status)
        if problem.status != cp.OPTIMAL:
            raise SolverError(
                f"{solver} stopped the textbook model with {problem.status!r}; "
                "make weights or factors less extreme and solve again."
            )
        return float(problem.value)

    def burdens(self, dataset: Dataset) -> pd.DataFrame:
        """The burdens of the plan found last."""
        sites = pd.Index(dataset.site_ids, name="site")
        columns = ["cost_usd", *(footprint.column for footprint in dataset.footprints)]
        values = np.transpose([np.asarray(measure.value) for measure in self.by_name.values()])
        burdens = pd.DataFrame(values, index=sites, columns=columns)
        energy = np.asarray(self.load.value).reshape(len(sites), -1).sum(axis=1)
        burdens.insert(0, "energy_mwh", energy)
        return burdens


def _no_plan(reason: str) -> InfeasibleError:
    return InfeasibleError(
        "The textbook model finds no plan: demand exceeds the capacity within reach, or limits "
        "exclude one another. Raise a capacity factor or a limit, lower a demand factor, or allow "
        "a wider reach.",
        {"solver_status": reason},
    )


def _run(problem: cp.Problem, solver: str) -> None:
    with warnings.catch_warnings():
        # That a norm is written as second-order cones.
        warnings.filterwarnings("ignore", "pnorm with p=", UserWarning)
        try:
            problem.solve(solver=solver)  # type: ignore[no-untyped-call]
        except cp.SolverError as error:
            raise SolverError(
                f"{solver} gave up on the textbook model; make weights or factors less extreme, "
                "or name another solver, such as CLARABEL."
            ) from error


def _objective(
    scenario: Scenario, dataset: Dataset, model: _Model
) -> tuple[cp.Expression, list[cp.Constraint]]:
    """Equation (1): cost, priced totals, and weighted measures with their epigraphs."""
    terms = policy_terms(scenario)
    objective = cp.Constant(terms.cost) * model.by_name["cost"].sum()
    for name, price in terms.total.items():
        objective += price * model.by_name[name].sum()
    rows: list[cp.Constraint] = []
    for name, weight in terms.worst.items():
        weighed = sp.diags_array(_lens(scenario, dataset, name)) @ model.by_name[name]
        measure, epigraph = _measure(scenario, weighed)
        objective += weight * measure
        rows += epigraph
    return objective, rows


def _measure(
    scenario: Scenario, weighed: cp.Expression
) -> tuple[cp.Expression, list[cp.Constraint]]:
    """Equations (10) to (12): a variable or expression that is at least h(weighed)."""
    level, sites = cp.Variable(), weighed.size
    match scenario.measure:
        case "worst_share":
            beyond = cp.Variable(sites, nonneg=True)
            # Fewer than one region is the worst one.
            share = max(scenario.share_or_exponent, 1 / sites)
            return level + beyond.sum() / (share * sites), [weighed - level <= beyond]
        case "lq" if scenario.share_or_exponent == 1:
            return weighed.sum(), []
        case "lq":
            size = _size(weighed)
            # Exact as second-order cones where q is a fraction with a small denominator.
            norm = pnorm(weighed / size, scenario.share_or_exponent)  # type: ignore[arg-type]
            return cp.Constant(size) * level, [norm <= level]
        case _:
            return level, [weighed <= level]


def _size(weighed: cp.Expression) -> float:
    """A burden of usual size, from what any plan could reach: near 1, Clarabel does best."""
    return float(np.max(weighed.get_bounds()[1])) / weighed.size or 1.0


def _lens(scenario: Scenario, dataset: Dataset, footprint: str) -> Floats:
    """[N] what a unit of burden counts; the mean is 1."""
    sites = dataset.sites
    match scenario.lens:
        case "water_stress" if footprint == "water":
            counts = _first_of(sites, "water_stress_aware", "water_stress_pct")
        case "income":
            counts = 1 / _first_of(sites, "median_household_income_usd", "gdp_per_capita_usd")
        case "population":
            counts = 1 / _first_of(sites, "population", "households")
        case "energy_burden":
            counts = sites["electricity_burden_pct"]
        case "own":
            counts = pd.Series([scenario.factors_of(site).lens for site in sites.index])
        case _:
            counts = pd.Series(np.ones(len(sites)))
    return (counts / counts.mean()).to_numpy(np.float64)


def _first_of(sites: pd.DataFrame, *columns: str) -> pd.Series[Any]:
    return sites[next(column for column in columns if column in sites)]


def _cost_limit(scenario: Scenario, dataset: Dataset, model: _Model) -> list[cp.Constraint]:
    """Equation (13), from the cheapest plan that the scenario's own physics allow."""
    if scenario.cost_increase_limit is None:
        return []
    physics = _Model.of(scenario, dataset)
    cheapest = physics.solve(physics.by_name["cost"].sum(), [], cp.HIGHS)
    most = cheapest + scenario.cost_increase_limit * abs(cheapest)
    return [model.by_name["cost"].sum() <= most]


def _burden_limits(scenario: Scenario, dataset: Dataset, model: _Model) -> list[cp.Constraint]:
    """Equation (14): of each region, of one region, of all regions together."""
    rows = []
    for name, each, total in _limits(scenario):
        if each is not None:
            rows.append(model.by_name[name] <= each)
        if total is not None:
            rows.append(model.by_name[name].sum() <= total)
    for site, factors in scenario.factors.items():
        i = dataset.site_ids.index(site)
        own = {"water": factors.water_limit_m3, "carbon": factors.carbon_limit_t}
        rows += [model.by_name[name][i] <= most for name, most in own.items() if most is not None]
    return rows


def _limits(scenario: Scenario) -> Iterator[tuple[str, float | None, float | None]]:
    """Footprint, the limit of each region, the limit of all together."""
    yield "water", scenario.water_limit_m3, scenario.water_total_limit_m3
    yield "carbon", scenario.carbon_limit_t, scenario.carbon_total_limit_t
    for name, terms in scenario.further.items():
        yield name, terms.limit, terms.total_limit


def _none_worse(
    scenario: Scenario, dataset: Dataset, model: _Model, reference: pd.DataFrame
) -> list[cp.Constraint]:
    """Equation (15) for every footprint of the data set."""
    return [
        model.by_name[item.name]
        <= (1 + scenario.worse_tolerance) * reference[item.column].to_numpy(np.float64)
        for item in dataset.footprints
    ]


def _reference(scenario: Scenario, dataset: Dataset) -> pd.DataFrame:
    """Burdens of the plan that (15) refers to; of equal ones that with least water, then carbon."""
    asked = scenario.reference_scenario()
    model = _Model.of(asked, dataset)
    objective, rows = _objective(asked, dataset, model)
    for wish in (objective, *(model.by_name[item.name].sum() for item in dataset.footprints)):
        least = model.solve(wish, rows, cp.HIGHS)
        rows = [*rows, wish <= least + TIE * abs(least)]
    return model.burdens(dataset)
