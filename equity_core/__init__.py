"""Equity Explorer's engine: who carries AI's environmental cost, and what sharing it fairly costs.

    from equity_core import Scenario, load_dataset, solve
    outcome = solve(Scenario(), load_dataset("paper-2022"))

Names are imported when first used, so that reading a scenario does not load the solver.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from equity_core.version import __version__

if TYPE_CHECKING:
    from equity_core.online.replay import replay
    from equity_core.scenario.records import SiteFactors
    from equity_core.scenario.scenario import Scenario
    from equity_core.solvers.engine.warm_starts import Pool
    from equity_core.solvers.frontier import frontier
    from equity_core.solvers.offline import solve
    from equity_core.store.opening import load_dataset

__all__ = [
    "Pool",
    "Scenario",
    "SiteFactors",
    "__version__",
    "frontier",
    "load_dataset",
    "replay",
    "solve",
]

_HOMES = {
    "Pool": "equity_core.solvers.engine.warm_starts",
    "Scenario": "equity_core.scenario.scenario",
    "SiteFactors": "equity_core.scenario.records",
    "frontier": "equity_core.solvers.frontier",
    "load_dataset": "equity_core.store.opening",
    "replay": "equity_core.online.replay",
    "solve": "equity_core.solvers.offline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
