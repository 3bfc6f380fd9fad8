"""Which choice would make somebody else the worst off: a weight, baseline, lens or measure.

Nothing is drawn here: the figures stay as they stand, and one choice is changed at a time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from equity_core.errors import EquityError
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.digits import settled
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.parameters import BY_NAME, LARGEST_WEIGHT
from equity_core.scenario.policies import WEIGHTED
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.warm_starts import Pool
from equity_core.solvers.offline import solve

FARTHEST = 8.0
"""Both weights are tried from an eighth to eight times as they stand, doubling each time."""

HALVINGS = 5
"""Of the last doubling on a log axis: the threshold is known to 2%."""

LISTED = ("baseline", "lens", "measure")


@dataclass(frozen=True)
class Loser:
    """The region whose burden rises most against the baseline.

    site and footprint are ids, "" where no region is worse off; `percent` is the rise in % of the
    largest burden of one region under the baseline, one measure for all regions and footprints.
    """

    site: str
    footprint: str
    percent: float


@dataclass(frozen=True)
class Choice:
    """One choice changed, and who is worst off then.

    field      "weights", "baseline", "lens" or "measure"
    value      the option; for weights the threshold, a multiple of both, from which on the other
               one is worst off (the farthest multiple tried where nobody else is)
    flips      whether somebody else is worst off than as the scenario stands
    """

    field: str
    value: str
    loser: Loser
    flips: bool


def options_of(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """Field and value of every choice that can be changed; both ways for the weights."""
    weighed = scenario.policy in WEIGHTED
    ways = ("lower", "higher") if weighed and _heaviest(scenario) > 0 else ()
    listed = LISTED if weighed else LISTED[:1]
    return (
        *(("weights", way) for way in ways),
        *(
            (field, option)
            for field in listed
            for option in BY_NAME[field].choices
            if option not in _pointless(scenario, field)
        ),
    )


def _pointless(scenario: Scenario, field: str) -> tuple[str, ...]:
    """What is chosen already, or would change nothing that can be compared."""
    if field == "baseline":
        return scenario.baseline, scenario.policy
    own = any(factors.lens != 1 for factors in scenario.factors.values())
    return getattr(scenario, field), "" if own else "own"


def choices(
    scenario: Scenario, dataset: Dataset, watch: Callable[[], None] = lambda: None
) -> tuple[Loser, tuple[Choice, ...]]:
    """Who is worst off as the scenario stands, and with each choice changed; raises like `solve`.

    An option that cannot be solved, such as a lens whose figures the data set lacks, is not tried.
    """
    asking = Asking(dataset, Pool(), watch)
    usual = asking.loser(scenario)
    tried = (asking.choice(scenario, usual, *option) for option in options_of(scenario))
    return usual, tuple(choice for choice in tried if choice is not None)


@dataclass(frozen=True)
class Asking:
    """Solves for choices on one data set, each warm from the one before."""

    dataset: Dataset
    pool: Pool
    watch: Callable[[], None]

    def loser(self, scenario: Scenario) -> Loser:
        """Who is worst off; raises like `solve`."""
        plans = [
            solve(asked, self.dataset, self.pool, watch=self.watch)
            for asked in (scenario, scenario.baseline_scenario())
        ]
        return loser_of(plans[0].compare(plans[1]))

    def choice(self, scenario: Scenario, usual: Loser, field: str, value: str) -> Choice | None:
        """One choice changed, where `usual` is worst off else; None where it cannot be solved."""
        with suppress(EquityError):
            if field == "weights":
                return self._threshold(scenario, usual, 0.5 if value == "lower" else 2.0)
            found = self.loser(scenario.replace(**{field: value}))
            return Choice(field, value, found, _another(found, usual))
        return None

    def _threshold(self, scenario: Scenario, usual: Loser, way: float) -> Choice:
        most = min(FARTHEST, LARGEST_WEIGHT / _heaviest(scenario))
        same, scale, found = 1.0, 1.0, usual
        while not _another(found, usual):
            same, scale = scale, min(scale * way, most)
            if scale in (same, 0.5 / FARTHEST):
                return Choice("weights", f"{same:.3g}", usual, False)
            found = self.loser(_weighing(scenario, scale))
        for _ in range(HALVINGS):
            middle = math.sqrt(same * scale)
            there = self.loser(_weighing(scenario, middle))
            if _another(there, usual):
                scale, found = middle, there
            else:
                same = middle
        return Choice("weights", f"{scale:.3g}", found, True)


def loser_of(comparison: Comparison) -> Loser:
    """Who is worst off; nobody where no region is."""
    rises = [
        (100 * float(comparison.by_column[f"{item.column}_change"][row]) / most, site, item.name)
        for item in comparison.after.footprints
        if (most := comparison.before.worst(item.column)) > 0
        for row, site in enumerate(comparison.sites)
        if site in comparison.worse_sites
    ]
    if not rises:
        return Loser("", "", 0.0)
    percent, site, footprint = max(rises, key=lambda rise: rise[0])
    return Loser(site, footprint, float(settled(percent)))


def _another(found: Loser, usual: Loser) -> bool:
    return (found.site, found.footprint) != (usual.site, usual.footprint)


def _heaviest(scenario: Scenario) -> float:
    return max(scenario.water_weight, scenario.carbon_weight)


def _weighing(scenario: Scenario, scale: float) -> Scenario:
    return scenario.replace(
        water_weight=scenario.water_weight * scale, carbon_weight=scenario.carbon_weight * scale
    )
