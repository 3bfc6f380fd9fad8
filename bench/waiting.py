"""Load that can wait: how fast it is planned, what it buys, and what not knowing its hours costs.

`python -m bench.waiting` writes "Load that can wait" of docs/BENCHMARKS.md; a few minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from time import perf_counter
from typing import Any

from bench.report import replace_section
from equity_core import Pool, Scenario, load_dataset, replay, solve

SHARE = 0.3
WINDOWS = ("day", "period")
FLEETS: dict[str, dict[str, Any]] = {
    "paper-2022": {},
    "world-2023": {"dataset": "world-2023"},
    "us-2023, a fifth can move": {"dataset": "us-2023", "movable_share": 0.2},
    "us-2023, all can move": {"dataset": "us-2023"},
}
PLAYED = {
    "paper-2022": FLEETS["paper-2022"],
    "world-2023, towers all year": FLEETS["world-2023"] | {"onsite_water": 8.0},
}
PLAYS = (
    ("weights", "last_week"),
    ("mirror_descent", "last_week"),
    ("forecast", "perfect"),
    ("forecast", "noisy"),
    ("forecast", "monthly_means"),
    ("forecast", "last_week"),
    ("forecast", "all_past"),
    ("blend", "perfect"),
    ("blend", "adversary"),
)
FOLLOWING = ("forecast", "blend")
opened = cache(load_dataset)


def main() -> None:
    """Measure and write."""
    parts = (_seconds(), _worth(), _gaps())
    replace_section("waiting", "\n\n".join("\n".join(part) for part in parts))


def _asked(fleet: dict[str, Any], **changes: Any) -> Scenario:
    return Scenario(deferrable_share=SHARE).replace(**fleet, **changes)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _head(*cells: str) -> list[str]:
    return [_row(cells), "|" + "---|" * len(cells)]


def _seconds() -> Iterable[str]:
    """Solved twice afresh; the second is told."""
    cases = [(reach, window) for reach in ("full", "partial") for window in WINDOWS]
    yield from _head("solved afresh", *(f"{reach}, {window}" for reach, window in cases))
    for name, fleet in FLEETS.items():
        told = [
            _milliseconds(_asked(fleet, reach=reach, defer_window=window))
            for reach, window in cases
        ]
        yield _row([name, *told])


def _milliseconds(scenario: Scenario) -> str:
    data = opened(scenario.dataset)
    for _ in range(2):
        began = perf_counter()
        plan = solve(scenario, data, Pool())
        seconds = perf_counter() - began
    if plan.gap > 1e-9:
        raise SystemExit(f"{scenario} is certified to {plan.gap:.1e} alone.")
    return f"{1000 * seconds:.0f} ms"


def _worth() -> Iterable[str]:
    """Against the same plan where nothing waits."""
    yield from _head("what waiting changes", "window", "objective", "cost", "water", "carbon")
    for name, fleet in FLEETS.items():
        at_once = solve(_asked(fleet, deferrable_share=0.0), opened(_asked(fleet).dataset))
        for window in WINDOWS:
            plan = solve(_asked(fleet, defer_window=window), opened(at_once.dataset_id))
            pairs = [(plan.objective, at_once.objective), (plan.cost_usd, at_once.cost_usd)]
            pairs += [(plan.worst(x), at_once.worst(x)) for x in ("water_m3", "carbon_t")]
            changes = (100 * (after / before - 1) for after, before in pairs)
            yield _row([name, window, *(f"{change:+.2f}%" for change in changes)])


def _gaps() -> Iterable[str]:
    """Hour by hour, above the plan that knows the whole period."""
    cases = [(name, window) for name in PLAYED for window in WINDOWS]
    yield from _head("gap hour by hour, %", *(f"{name}, {window}" for name, window in cases))
    for method, forecast in PLAYS:
        told = [_gap(PLAYED[name], window, method, forecast) for name, window in cases]
        on = f", {forecast.replace('_', ' ')}" if method in FOLLOWING else ""
        yield _row([method.replace("_", " ") + on, *told])


def _gap(fleet: dict[str, Any], window: str, method: str, forecast: str) -> str:
    scenario = _asked(fleet, defer_window=window)
    began = perf_counter()
    played = replay(scenario, opened(scenario.dataset), method, forecast)
    return f"{100 * played.price_of_not_knowing:.2f} ({perf_counter() - began:.1f} s)"


if __name__ == "__main__":
    main()
