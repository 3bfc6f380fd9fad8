"""An independent model: the plain linear program of the paper, written in cvxpy, solved by HiGHS.

It shares nothing with the engine but the scenario and the data: one variable for each allowed
pair of gateway and site and each hour, epigraph form, no decomposition. Slow, and meant to be read
beside docs/METHOD.md, section 1: tests and the method page hold the engine's answers against it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cvxpy as cp
import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from equity_core.errors import InfeasibleError, SolverError
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.policies import policy_terms
from equity_core.scenario.scenario import Scenario, check_against

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class TextbookAnswer:
    """objective as in `Outcome`; burdens as in `Outcome.burdens` (any one optimal plan)."""

    objective: float
    burdens: pd.DataFrame


def solve_textbook(scenario: Scenario, dataset: Dataset, solver: str = cp.HIGHS) -> TextbookAnswer:
    """Solve `scenario` as one linear program.

    Raises `ScenarioError`, `InfeasibleError`, or `SolverError` where the solver finds no optimum.
    """
    check_against(scenario, dataset)
    figures = _Figures.of(scenario, dataset)
    served = cp.Variable(figures.pairs, nonneg=True)
    load = figures.sum_by_site @ served
    measures = [matrix @ load for matrix in figures.measures]
    objective, epigraphs = _objective(scenario, dataset, measures)
    physics = [figures.sum_by_gateway @ served == figures.demand, load <= figures.capacity]
    problem = cp.Problem(cp.Minimize(objective), [*physics, *epigraphs])
    problem.solve(solver=solver)  # type: ignore[no-untyped-call]
    if problem.status == cp.INFEASIBLE:
        raise InfeasibleError(
            "The textbook model finds no plan: demand exceeds the capacity within reach. "
            "Raise a capacity factor, lower a demand factor, or allow a wider reach.",
            {"solver_status": problem.status},
        )
    if problem.status != cp.OPTIMAL:
        raise SolverError(
            f"{solver} stopped the textbook model with {problem.status!r}; "
            "make weights or factors less extreme and solve again."
        )
    return TextbookAnswer(float(problem.value), _burdens(dataset, np.asarray(load.value), measures))


@dataclass(frozen=True, eq=False)
class _Figures:
    """The scenario's figures in plain vectors; P pairs x T hours, sites x T hours, hour by hour.

    sum_by_site     [N T, P T] load of each site from what its pairs serve
    sum_by_gateway  [J T, P T] what each gateway is served
    measures        cost and each footprint as [N, N T]: totals by site from the load
    """

    pairs: int
    sum_by_site: sp.csr_array
    sum_by_gateway: sp.csr_array
    measures: list[sp.csr_array]
    demand: Floats
    capacity: Floats

    @classmethod
    def of(cls, scenario: Scenario, dataset: Dataset) -> _Figures:
        inside = _inside(scenario, dataset)
        factors = pd.DataFrame(
            [dict(scenario.factors_of(site)) for site in dataset.site_ids], index=dataset.site_ids
        )
        site, gateway = np.nonzero(_allowed(scenario, dataset))
        hours, sites = int(inside.sum()), len(dataset.site_ids)
        every_hour = sp.eye_array(hours)
        by_site = sp.csr_array((np.ones(len(site)), (site, np.arange(len(site)))))
        by_site.resize(sites, len(site))
        by_gateway = sp.csr_array((np.ones(len(site)), (gateway, np.arange(len(site)))))
        by_gateway.resize(len(dataset.gateways), len(site))
        rates = {"price": dataset.price}
        for footprint, rate in zip(dataset.footprints, dataset.intensity, strict=True):
            rates[footprint.name] = rate
        demand = dataset.demand[:, inside] * factors["demand"].to_numpy()[dataset.home][:, None]
        capacity = dataset.sites["capacity_mw"].to_numpy() * factors["capacity"].to_numpy()
        return cls(
            pairs=len(site) * hours,
            sum_by_site=sp.csr_array(sp.kron(by_site, every_hour)),
            sum_by_gateway=sp.csr_array(sp.kron(by_gateway, every_hour)),
            measures=[
                _totals(rate[:, inside] * _factor(factors, name)) for name, rate in rates.items()
            ],
            demand=demand.ravel(),
            # Peak demand may exceed capacity by the last bit.
            capacity=np.repeat(capacity, hours) * (1 + 1e-9),
        )


def _factor(factors: pd.DataFrame, name: str) -> Floats:
    """[N, 1] the regional factor on one rate; a footprint without a factor is left alone."""
    column = factors[name] if name in factors else pd.Series(1.0, index=factors.index)
    return np.asarray(column, dtype=np.float64)[:, None]


def _totals(rate: Floats) -> sp.csr_array:
    """[N, N T] that sums rate * load over the hours of each site."""
    return sp.csr_array(sp.block_diag([row[None, :] for row in rate]))


def _inside(scenario: Scenario, dataset: Dataset) -> npt.NDArray[np.bool_]:
    """[T] hours from start (included) to end (not included)."""
    inside = np.ones(len(dataset.hours), dtype=bool)
    if scenario.start is not None:
        inside &= dataset.hours >= pd.Timestamp(scenario.start)
    if scenario.end is not None:
        inside &= dataset.hours < pd.Timestamp(scenario.end)
    return inside


def _allowed(scenario: Scenario, dataset: Dataset) -> npt.NDArray[np.bool_]:
    """[N, J] the pairs of site and gateway that the reach allows."""
    shape = (len(dataset.site_ids), len(dataset.gateways))
    match scenario.allowed_reach:
        case "partial":
            return dataset.partial_reach
        case "latency":
            return dataset.latency_ms <= scenario.max_latency_ms
        case "nearest":
            own = np.zeros(shape, dtype=bool)
            own[dataset.home, np.arange(shape[1])] = True
            return own
        case _:
            return np.ones(shape, dtype=bool)


def _objective(
    scenario: Scenario, dataset: Dataset, measures: list[cp.Expression]
) -> tuple[cp.Expression, list[cp.Constraint]]:
    """Equation (1): cost, priced totals, and weighted worst burdens with their epigraphs."""
    terms = policy_terms(scenario)
    every_site = cp.Constant(np.ones(len(dataset.site_ids)))
    of = dict(zip(("cost", *(f.name for f in dataset.footprints)), measures, strict=True))
    objective = terms.cost * (every_site @ of["cost"])
    for name, price in terms.total.items():
        objective += price * (every_site @ of[name])
    epigraphs = []
    for name, weight in terms.worst.items():
        worst = cp.Variable()
        objective += weight * worst
        epigraphs.append(of[name] <= worst)
    return objective, epigraphs


def _burdens(dataset: Dataset, load: Floats, measures: list[cp.Expression]) -> pd.DataFrame:
    sites = pd.Index(dataset.site_ids, name="site")
    columns = ["cost_usd", *(footprint.column for footprint in dataset.footprints)]
    values = np.transpose([np.asarray(measure.value) for measure in measures])
    burdens = pd.DataFrame(values, index=sites, columns=columns)
    burdens.insert(0, "energy_mwh", load.reshape(len(sites), -1).sum(axis=1))
    return burdens
