"""What not knowing the future costs, and how fast it is played: `python -m bench.online`.

Writes the tables "Without foresight" of docs/BENCHMARKS.md; some minutes.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product
from time import perf_counter
from typing import Any

from bench.report import replace_section
from equity_core import Pool, Scenario, load_dataset, replay, solve
from equity_core.online.parameters import Parameters
from equity_core.online.replay import KNOWN_FORECASTS

WATER_ALL_YEAR: dict[str, Any] = {"dataset": "world-2023", "onsite_water": 8.0}
PERIODS: dict[str, dict[str, Any]] = {
    "paper": {"dataset": "paper-2022"},
    "world year": WATER_ALL_YEAR,
    "July": WATER_ALL_YEAR | {"start": "2023-07-01T00:00Z", "end": "2023-08-01T00:00Z"},
    "January": WATER_ALL_YEAR | {"start": "2023-01-01T00:00Z", "end": "2023-02-01T00:00Z"},
}
TIMES = (0.25, 1.0, 4.0)
TRUSTS = (0.0, 0.02, 0.05, 0.1, 0.3)
RUNS = 7
POOL = Pool()
opened = cache(load_dataset)


@dataclass(frozen=True)
class Played:
    """A period, a reach, and the paper's weights times a figure."""

    period: str
    reach: str
    times: float

    @property
    def scenario(self) -> Scenario:
        """What is asked."""
        return Scenario(reach=self.reach).replace(
            water_weight=60 * self.times, carbon_weight=1500 * self.times, **PERIODS[self.period]
        )

    def gap(self, method: str, forecast: str = "perfect", trust: float = 0.05) -> float:
        """Objective above the best with the whole period known, %."""
        scenario, parameters = self.scenario, Parameters(trust=trust)
        data = opened(scenario.dataset)
        played = replay(scenario, data, method, forecast, parameters, POOL)
        return 100 * played.price_of_not_knowing

    def cheapest_gap(self) -> float:
        """The same for the cheapest plan, which minds no burden."""
        data, best = opened(self.scenario.dataset), self.scenario
        fair, cheap = solve(best, data, POOL), solve(best.replace(policy="cost"), data, POOL)
        worst = best.water_weight * cheap.worst("water_m3")
        objective = cheap.cost_usd + worst + best.carbon_weight * cheap.worst("carbon_t")
        return 100 * (objective / fair.objective - 1)


ALL = [Played(*case) for case in product(PERIODS, ("full", "partial"), TIMES)]
NINE = [case for case in ALL if case.reach == "full" and case.period != "July"]


def main() -> None:
    """Measure and write."""
    parts = (_rules(), _forecasts(), _trust(), _seconds())
    replace_section("foresight", "\n\n".join("\n".join(part) for part in parts))


def _rules() -> Iterable[str]:
    """Rules that need no forecast, over all cases."""
    rules = {
        "exponential weights": [case.gap("weights") for case in ALL],
        "mirror descent as published": [case.gap("mirror_descent") for case in ALL],
        "the cheapest plan": [case.cheapest_gap() for case in ALL],
    }
    yield f"| gap over {len(ALL)} cases, % | mean | worst |\n|---|---|---|"
    for name, gaps in rules.items():
        yield f"| {name} | {statistics.mean(gaps):.2f} | {max(gaps):.2f} |"


def _forecasts() -> Iterable[str]:
    """Planning anew each day, on every forecast."""
    cases = [Played("paper", "full", 1.0), Played("world year", "full", 1.0)]
    yield "| planned anew each day, gap, % | paper | world year |\n|---|---|---|"
    for name in KNOWN_FORECASTS:
        gaps = " | ".join(f"{case.gap('forecast', name):.2f}" for case in cases)
        yield f"| {name.replace('_', ' ')} | {gaps} |"


def _trust() -> Iterable[str]:
    """The blend, by how much a forecast is trusted."""
    heads = " | ".join(f"{trust:g}" for trust in TRUSTS)
    yield f"| blend, mean gap of {len(NINE)} cases, % | lambda {heads} |"
    yield "|---" * (1 + len(TRUSTS)) + "|"
    for name in ("perfect", "noisy", "reversed", "adversary"):
        means = (
            statistics.mean(case.gap("blend", name, trust) for case in NINE) for trust in TRUSTS
        )
        yield f"| {name} | {' | '.join(f'{mean:.2f}' for mean in means)} |"


def _seconds() -> Iterable[str]:
    """How long it takes to play."""
    yield "| median time | paper | world year |\n|---|---|---|"
    for method in ("weights", "mirror_descent", "forecast", "blend"):
        times = (_median_ms(Played(period, "full", 1.0), method) for period in list(PERIODS)[:2])
        yield f"| {method.replace('_', ' ')} | {' | '.join(f'{ms:,.1f} ms' for ms in times)} |"


def _median_ms(case: Played, method: str) -> float:
    """Milliseconds of playing alone, without the offline plan beside it."""
    seconds: list[float] = []
    began = perf_counter()
    while len(seconds) < RUNS and (len(seconds) < 2 or perf_counter() - began < 10):
        data = opened(case.scenario.dataset)
        seconds.append(replay(case.scenario, data, method, "perfect", None, POOL).outcome.seconds)
    return 1000 * statistics.median(seconds)


if __name__ == "__main__":
    main()
