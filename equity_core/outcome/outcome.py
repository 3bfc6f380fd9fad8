"""What comes out: a certified plan, and what changes against another one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity_core.arrays import Flags, Floats
from equity_core.errors import ScenarioError
from equity_core.inputs.dataset import Footprint
from equity_core.outcome.digits import settled, settled_change
from equity_core.outcome.inequality import gini, jain, peak_to_average
from equity_core.outcome.percent import change_pct, in_percent
from equity_core.scenario.scenario import NEW_SITE, Scenario

WORSE_BEYOND = 1e-6
"""Relative rise of a footprint above which a region counts as worse off (below: rounding)."""


@dataclass(frozen=True)
class LimitUse:
    """One limit of a scenario and what a plan makes of it.

    field   the scenario's field, for example `water_limit_m3` or `factors.texas.water_limit_m3`
            (`worse_tolerance` for `no_region_worse`)
    asked   what the field says
    needed  what it would have to say at least for this plan: `asked` where the limit binds
    worth   what the objective falls by for each unit that the field rises, as long as the same
            hours stay in doubt; 0 where the limit leaves room
    sites   the regions that it holds back; none for a limit on a total
    """

    field: str
    asked: float
    needed: float
    worth: float
    sites: tuple[str, ...]


@dataclass(frozen=True)
class RoomRange:
    """How far the worth of one more unit of a limit reaches.

    more   how much looser the limit may become, in its own unit, before the mean saving of the
           room added falls short of the worth; 0 where it does at once
    saved  what the objective falls by with that much more room
    """

    more: float
    saved: float


@dataclass(frozen=True, eq=False)
class Outcome:
    """A scenario's best plan with the proof of how good it is.

    objective      what the policy minimises: USD, or m3 / t for the policies water and carbon
    lower_bound    no plan can have a smaller objective (Lagrangian bound, docs/METHOD.md)
    gap            (objective - lower_bound) / |objective|: the certificate
    terms          the objective by term; the values add up to it
    burdens        index site; energy_mwh, cost_usd, then one column a footprint (water_m3 ...);
                   to the digits that are certified, as is the dispatch (digits.py)
    duals          index site; a column a footprint: USD that one m3 or t more room there saves
    limits         what the plan makes of each limit
    dispatch       [N, T] MW served at each site in each hour
    fleet_mw       capacity of all sites together, factors, growth and new site included
    foresight      how it was planned hour by hour, as keys and values; "" with all known
    """

    scenario: Scenario
    dataset_id: str
    data_version: str
    fingerprint: str
    objective: float
    lower_bound: float
    gap: float
    terms: dict[str, float]
    burdens: pd.DataFrame
    duals: pd.DataFrame
    limits: tuple[LimitUse, ...]
    dispatch: Floats
    hours: pd.DatetimeIndex
    fleet_mw: float
    site_names: dict[str, str]
    footprints: tuple[Footprint, ...]
    solver: str
    seconds: float
    rounds: int
    foresight: str = ""

    @cached_property
    def by_column(self) -> dict[str, Floats]:
        """`burdens` as arrays [N]: hundreds are read with every step of a slider."""
        columns = self.burdens.to_numpy(dtype=np.float64).T
        return {str(name): column for name, column in zip(self.burdens, columns, strict=True)}

    @property
    def cost_usd(self) -> float:
        """Electricity cost of all regions, USD."""
        return self.total("cost_usd")

    def total(self, column: str) -> float:
        """Sum of one column of `burdens` over the regions."""
        return float(self.by_column[column].sum())

    def worst(self, column: str) -> float:
        """The largest value of one column of `burdens`."""
        return float(self.by_column[column].max())

    def worst_site(self, column: str) -> str:
        """The region with the largest value of one column of `burdens`; the first of several."""
        return str(self.burdens.index[int(self.by_column[column].argmax())])

    def par(self, column: str) -> float:
        """Peak-to-average ratio of one column of `burdens`: docs/METHOD.md (16)."""
        return peak_to_average(self.by_column[column])

    def gini(self, column: str) -> float:
        """Gini coefficient of one column of `burdens`: docs/METHOD.md (17)."""
        return gini(self.by_column[column])

    def jain(self, column: str) -> float:
        """Jain's index of one column of `burdens`: docs/METHOD.md (18)."""
        return jain(self.by_column[column])

    def compare(self, baseline: Outcome) -> Comparison:
        """What changes from `baseline` to this plan; raises `ScenarioError` for other regions.

        A hypothetical site may stand in this plan alone, or be the same in both.
        """
        own, theirs = self.site_names, baseline.site_names
        added = theirs.get(NEW_SITE) in (None, own.get(NEW_SITE))
        if self.dataset_id != baseline.dataset_id or not (theirs.keys() <= own.keys() and added):
            raise ScenarioError(
                "dataset",
                "The two plans are about different regions, so there is no difference by region. "
                "Choose the same data set for both, and the same new site in both, or one in the "
                "first alone.",
            )
        return Comparison(before=baseline, after=self)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two plans for the same regions: `before` is the baseline, `after` the scenario.

    A hypothetical site stands apart: it is neither better nor worse off. Where the baseline lacks
    it, it carried nothing before.
    """

    before: Outcome
    after: Outcome

    @cached_property
    def table(self) -> pd.DataFrame:
        """Index site; for each column c of `burdens`: c_before, c_after, c_change, c_change_pct.

        `worse` is true where any footprint rises by more than `WORSE_BEYOND` of its old value,
        `new` for the hypothetical site. c_change_pct is NaN where c was 0 before.
        """
        marks = {"worse": self._worse(), "new": self.is_new}
        columns: dict[str, npt.NDArray[Any]] = self.by_column | marks
        return pd.DataFrame(columns, index=self.after.burdens.index)

    @cached_property
    def by_column(self) -> dict[str, Floats]:
        """The figures of `table` as arrays [N]."""
        columns: dict[str, Floats] = {}
        for column, new in self.after.by_column.items():
            old = self._before[column]
            change = settled_change(old, new)
            percent = settled(in_percent(change, old))
            parts = {"before": old, "after": new, "change": change, "change_pct": percent}
            columns |= {f"{column}_{part}": figures for part, figures in parts.items()}
        return columns

    @cached_property
    def sites(self) -> tuple[str, ...]:
        """The regions and the hypothetical site, in the order of every array."""
        return tuple(map(str, self.after.burdens.index))

    @cached_property
    def is_new(self) -> Flags:
        """[N] true for the hypothetical site, whether or not the baseline has it, too."""
        new = NEW_SITE if self.after.scenario.new_site_like else None
        return np.array([site == new for site in self.sites], dtype=np.bool_)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The sites of the data set, which may be better or worse off."""
        return tuple(
            site for site, new in zip(self.sites, self.is_new.tolist(), strict=True) if not new
        )

    def is_added(self, site: str) -> bool:
        """Whether the baseline lacks a site, so that there is nothing to compare with."""
        return site not in self.before.site_names

    def largest_rise_first(self, column: str) -> list[int]:
        """The positions of the sites, equal changes in their order; the hypothetical one last."""
        moved = np.where(self.is_new, -np.inf, self.by_column[f"{column}_change"])
        return [int(row) for row in np.argsort(-moved, kind="stable")]

    @cached_property
    def worse_sites(self) -> list[str]:
        """Regions that carry more of any footprint than before."""
        return [site for site, worse in zip(self.sites, self._worse(), strict=True) if worse]

    @property
    def regions_worse(self) -> int:
        """How many regions carry more of any footprint than before."""
        return len(self.worse_sites)

    @property
    def footprints_in_percent(self) -> tuple[Footprint, ...]:
        """Footprints to draw against cost in % of the baseline: none where that costs nothing."""
        before = self.before
        return tuple(
            footprint
            for footprint in before.footprints
            if before.cost_usd != 0 and before.worst(footprint.column) != 0
        )

    @property
    def cost_change_pct(self) -> float:
        """Change of the total electricity cost, percent of the baseline's."""
        return self.total_change_pct("cost_usd")

    def worst_change_pct(self, column: str) -> float:
        """Change of the worst region's value, percent of the baseline's worst."""
        return change_pct(self.before.worst(column), self.after.worst(column))

    def total_change_pct(self, column: str) -> float:
        """Change of the sum over regions, percent of the baseline's."""
        return change_pct(self.before.total(column), self.after.total(column))

    def _worse(self) -> Flags:
        worse = np.zeros(len(self.sites), dtype=bool)
        for footprint in self.after.footprints:
            old, new = self._before[footprint.column], self.after.by_column[footprint.column]
            worse |= new - old > WORSE_BEYOND * old.max()
        return worse & ~self.is_new

    @cached_property
    def _before(self) -> dict[str, Floats]:
        """The baseline's figures by site of this plan; 0 where it lacks the site."""
        if self.before.burdens.index.equals(self.after.burdens.index):
            return self.before.by_column
        aligned = self.before.burdens.reindex(self.after.burdens.index, fill_value=0.0)
        return {str(name): aligned[name].to_numpy(dtype=np.float64) for name in aligned}
