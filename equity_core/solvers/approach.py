"""Column generation (Dantzig-Wolfe; docs/METHOD.md, section 3).

The dispatcher prices every MWh at the current duals and returns the cheapest dispatch; the master
mixes the dispatches found so far, block by block of hours, and returns new duals. Each dispatch
also bounds the objective from below, which is the certificate.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from equity_core.errors import SolverError
from equity_core.solvers.search import Search

Floats = npt.NDArray[np.float64]

SMOOTHING = 0.5
"""Share of the best duals so far in the next duals to try (Wentges); damps the zigzag."""

MOST_ROUNDS = 500


def approach(search: Search, near_enough: Callable[[float], bool]) -> Floats:
    """Go on until the relative gap is `near_enough`; [1 + K, N] measures of the best mix then.

    Raises `SolverError` where the gap stays open.
    """
    start = search.start
    if start.empty:
        start.learn(search.dispatch(search.duals).load)
    master = start.master_for(search.instance)
    for _ in range(MOST_ROUNDS):
        mix = master.solve()
        gap = search.gap(mix.objective)
        if near_enough(gap):
            return master.measures(mix)
        start.learn(search.dispatch(_next_duals(search, mix.duals)).load)
    raise SolverError(
        f"The bound is still {gap:.1e} away after {MOST_ROUNDS} rounds; "
        "make weights or factors less extreme and solve again."
    )


def _next_duals(search: Search, duals: Floats) -> Floats:
    """The master's duals, pulled towards the best ones so far."""
    if search.rounds == 0:
        return duals
    return SMOOTHING * search.duals + (1 - SMOOTHING) * duals
