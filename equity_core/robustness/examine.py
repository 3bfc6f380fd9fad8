"""All draws of a scenario, and what they say together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.model.fleet import fleet_of
from equity_core.model.instance import period_of
from equity_core.outcome.percent import change_pct
from equity_core.robustness.draw import Baseline, Draw, Figures, base_of
from equity_core.robustness.factors import factors_of
from equity_core.robustness.matters import Influence, changes, influences, one_at_a_time, strongest
from equity_core.robustness.ranges import Ranges, quantities_of
from equity_core.scenario.scenario import Scenario

TAILS = (5.0, 50.0, 95.0)
"""Percentiles that are told."""


@dataclass(frozen=True, eq=False)
class Robustness:
    """What the draws of a scenario come to. D draws, K footprints, N sites, Q quantities.

    expected    the record on the data set's own figures
    factors     [D, Q, N] by which figures are off; draws [D] the records
    influences  what moves the outcome most, the largest first; empty while draws are under way
    regions     [N] false for the hypothetical site
    hours       [T] of the period, UTC
    """

    scenario: Scenario
    ranges: Ranges
    quantities: tuple[str, ...]
    footprints: tuple[Footprint, ...]
    site_names: dict[str, str]
    regions: Flags
    hours: pd.DatetimeIndex
    expected: Draw
    factors: Floats
    draws: tuple[Draw, ...]
    influences: tuple[Influence, ...] = ()

    @property
    def dataset_id(self) -> str:
        """The data set whose figures are off."""
        return self.scenario.dataset

    @cached_property
    def solved(self) -> tuple[Draw, ...]:
        """The draws in which there is a best plan."""
        return tuple(draw for draw in self.draws if not draw.trouble)

    @cached_property
    def carried(self) -> tuple[Draw, ...]:
        """The draws in which the kept plan can serve all demand."""
        return tuple(draw for draw in self.draws if draw.kept is not None)

    def troubles(self, why: str) -> int:
        """In how many draws there is no best plan for this reason (`Draw.trouble`)."""
        return sum(draw.trouble == why for draw in self.draws)

    @cached_property
    def expected_changes(self) -> Floats:
        """[K] change of each largest burden on expected figures, in % of the baseline's."""
        return changes(self.expected)

    def cost_changes(self, kept: bool = False) -> Floats:
        """[D'] change of the energy cost in % of the baseline's, of draws solved (or carried)."""
        pairs = self._pairs(kept)
        return np.array([change_pct(was.cost_usd, plan.cost_usd) for plan, was in pairs])

    def worst_changes(self, k: int, kept: bool = False) -> Floats:
        """[D'] change of the largest burden of footprint k in % of the baseline's, likewise."""
        pairs = self._pairs(kept)
        return np.array([change_pct(was.worst[k], plan.worst[k]) for plan, was in pairs])

    def worse_counts(self, kept: bool = False) -> Floats:
        """[D'] regions worse off than in the baseline's plan, likewise."""
        return np.array([float(plan.worse.sum()) for plan, _ in self._pairs(kept)])

    def _pairs(self, kept: bool) -> Iterator[tuple[Figures, Baseline]]:
        """Each plan beside its baseline's: both planned anew, or both kept as they were made."""
        for draw in self.draws:
            plan, was = (draw.kept, draw.kept_before) if kept else (draw.best, draw.before)
            if plan is not None and was is not None:
                yield plan, was

    @cached_property
    def worse_share(self) -> Floats:
        """[N] in which share of the draws solved each region is worse off, planned anew."""
        return _mean([draw.best.worse for draw in self.solved if draw.best], len(self.regions))

    @cached_property
    def kept_worse_share(self) -> Floats:
        """[N] in which share of the draws each region is worse off under the kept plan."""
        return _mean([draw.kept.worse for draw in self.carried if draw.kept], len(self.regions))

    @cached_property
    def binding_share(self) -> Floats:
        """[K, N] in which share of the draws solved a region holds the plan back (dual > 0)."""
        if not self.solved:
            return np.zeros((len(self.footprints), len(self.regions)))
        share: Floats = np.mean([draw.binds for draw in self.solved], axis=0)
        return share

    @cached_property
    def regrets(self) -> Floats:
        """[D'] how far the kept plan is above the best one, % of that, of the draws solved."""
        return _percent([draw.regret for draw in self.solved])

    @cached_property
    def online_regrets(self) -> Floats:
        """[D'] the same for the plan made hour by hour; empty where there is none."""
        return _percent([draw.online_regret for draw in self.solved])

    @property
    def limits_kept(self) -> int:
        """In how many draws the kept plan keeps the scenario's limits."""
        return sum(draw.kept.keeps_limits for draw in self.carried if draw.kept)


def examine(
    scenario: Scenario,
    dataset: Dataset,
    ranges: Ranges | None = None,
    watch: Callable[[], None] = lambda: None,
    reached: Callable[[float], None] = lambda share: None,
) -> Robustness:
    """Draw the figures that may be off, and see what becomes of the scenario's conclusion and plan.

    ranges   how far prices, footprints and demand may be off: the usual ones unless given
    watch    called before each round of a solve, and may raise to stop
    reached  told the share of the draws that is done

    Raises like `solve` where the scenario has no plan on the data set's own figures, and
    `ScenarioError` for ranges that the data set cannot have. Draws without a plan are counted, not
    raised. docs/METHOD.md (37).
    """
    ranges = ranges or Ranges()
    factors = sets_of(ranges, dataset)
    base, records = base_of(scenario, dataset, watch), []
    for number, drawn in enumerate(factors):
        records.append(base.draw(drawn, watch))
        reached((number + 1) / len(factors))
    found = strongest(ranges, dataset, factors[1:], records[1:])
    alone = one_at_a_time(dataset, [one for one, _ in found])
    ends = [base.draw(drawn, watch) for drawn in alone]
    return gathered(scenario, dataset, ranges, records, influences(dataset, found, ends))


def sets_of(ranges: Ranges, dataset: Dataset) -> Floats:
    """[1 + D, Q, N] the factors of all draws, after those of figures that are as expected."""
    factors = factors_of(ranges, dataset)
    return np.concatenate([np.ones_like(factors[:1]), factors])


def gathered(
    scenario: Scenario,
    dataset: Dataset,
    ranges: Ranges,
    records: Sequence[Draw],
    influential: tuple[Influence, ...] = (),
) -> Robustness:
    """What draws come to: `records` of the first of `sets_of`, one at least."""
    fleet = fleet_of(scenario, dataset)
    new = bool(scenario.new_site_like)
    return Robustness(
        scenario=scenario,
        ranges=ranges,
        quantities=quantities_of(dataset),
        footprints=fleet.footprints,
        site_names=fleet.site_names,
        regions=np.arange(len(fleet.site_ids)) < len(fleet.site_ids) - new,
        hours=dataset.hours[period_of(scenario, dataset)],
        expected=records[0],
        factors=factors_of(ranges, dataset)[: len(records) - 1],
        draws=tuple(records[1:]),
        influences=influential,
    )


def _mean(flags: Sequence[Flags], sites: int) -> Floats:
    return np.mean(flags, axis=0) if flags else np.zeros(sites)


def _percent(shares: Sequence[float | None]) -> Floats:
    return np.array([100 * share for share in shares if share is not None])
