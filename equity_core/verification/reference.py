"""The reference table of the paper's case, solved anew: published figures beside those found."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from time import perf_counter

from equity_core.inputs.dataset import Dataset
from equity_core.inputs.folders import DATA
from equity_core.outcome.percent import in_percent
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.warm_starts import Pool
from equity_core.solvers.offline import solve

TABLE = DATA / "reference" / "policies.csv"
CASE = "paper-2022"
"""The data set of the table."""
OF_OBJECTIVE, OF_WORST = 1e-7, 1e-5
"""Relative differences that are no difference. Plans of one objective may share burdens otherwise,
so that the worst of them is reproduced less closely."""


@dataclass(frozen=True)
class Figures:
    """Of one plan: its policy's objective, and the largest burdens."""

    objective: float
    worst_water_m3: float
    worst_carbon_t: float


@dataclass(frozen=True)
class Reference:
    """A row of the table: figures of an independent program; `notebook`, the authors' objective,
    is NaN where their notebook prints none."""

    policy: str
    reach: str
    published: Figures
    notebook: float

    @property
    def scenario(self) -> Scenario:
        """The question of the row."""
        return Scenario(policy=self.policy, reach=self.reach)


@dataclass(frozen=True)
class Reproduced:
    """A row solved here, in `seconds`; no plan is better by more than `gap` (relative)."""

    reference: Reference
    found: Figures
    gap: float
    seconds: float

    @property
    def difference_pct(self) -> float:
        """Of the objectives, in percent of the published one."""
        published = self.reference.published.objective
        return in_percent(self.found.objective - published, published)

    @property
    def holds(self) -> bool:
        """Whether all figures are the published ones."""
        published, found = self.reference.published, self.found
        return all(
            math.isclose(getattr(published, name), getattr(found, name), rel_tol=least)
            for name, least in (
                ("objective", OF_OBJECTIVE),
                ("worst_water_m3", OF_WORST),
                ("worst_carbon_t", OF_WORST),
            )
        )


def reference_rows() -> tuple[Reference, ...]:
    """The table as it was published."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(map(_read, csv.DictReader(file)))


def _read(row: dict[str, str]) -> Reference:
    names = "objective", "water_max_m3", "carbon_max_t"
    published = Figures(*(float(row[name]) for name in names))
    notebook = float(row["notebook_objective"] or "nan")
    return Reference(row["policy"], row["reach"], published, notebook)


def reproduce(reference: Reference, dataset: Dataset) -> Reproduced:
    """Solve a row from nothing, without what earlier plans left behind."""
    began = perf_counter()
    plan = solve(reference.scenario, dataset, pool=Pool())
    seconds = perf_counter() - began
    found = Figures(plan.objective, plan.worst("water_m3"), plan.worst("carbon_t"))
    return Reproduced(reference, found, plan.gap, seconds)
