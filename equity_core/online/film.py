"""A replay as it is watched: every hour of a short period, every day of a long one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from equity_core.arrays import Floats, Integers
from equity_core.online.replay import Replay
from equity_core.outcome.outcome import Outcome

MOST_HOURS = 1000
"""Periods of more than these are watched day by day."""

DAY = 24


@dataclass(frozen=True, eq=False)
class Film:
    """What a picture shows of a replay; its plans leave the dispatch behind. F frames.

    outcome    the totals, `offline` those of the plan that knew the whole period
    method     and `forecast` as in the replay
    ends       [F] position of the last hour of each frame; `hours` [F] is its start, UTC
    objective  [F] of all hours so far; `offline_objective` and `ceiling` likewise
    cost_usd   [F] so far; `offline_cost_usd` likewise
    load       [F, N] MW, mean of the frame's hours
    burdens    [F, K, N] carried so far
    """

    outcome: Outcome
    offline: Outcome
    method: str
    forecast: str
    ends: Integers
    hours: pd.DatetimeIndex
    objective: Floats
    offline_objective: Floats
    ceiling: Floats | None
    cost_usd: Floats
    load: Floats
    burdens: Floats
    bound: float | None

    @property
    def price_of_not_knowing(self) -> float:
        """By how much the objective is above the offline one, as a share of that."""
        known = self.offline.objective
        return (self.outcome.objective - known) / abs(known) if known else 0.0

    @property
    def distance(self) -> float | None:
        """How far the objective stays below the guarantee's bound; None without guarantee."""
        return None if self.bound is None else self.bound - self.outcome.objective

    def frame_at(self, hour: float) -> int:
        """The frame that holds the hour at a position; the last one beyond the end."""
        return min(int(np.searchsorted(self.ends, hour)), len(self.ends) - 1)

    @property
    def nbytes(self) -> int:
        """What it takes in memory, roughly."""
        return sum(values.nbytes for values in vars(self).values() if hasattr(values, "nbytes"))


def film_of(played: Replay) -> Film:
    """The frames of a replay."""
    ends = frame_ends(len(played.hours))
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - starts + 1
    ceiling = None if played.ceiling is None else played.ceiling[ends]
    return Film(
        outcome=_without_dispatch(played.outcome),
        offline=_without_dispatch(played.offline),
        method=played.method,
        forecast=played.forecast,
        ends=ends,
        hours=played.hours[ends],
        objective=played.objective[ends],
        offline_objective=played.offline_objective[ends],
        ceiling=ceiling,
        cost_usd=played.cost_usd.cumsum()[ends],
        load=np.add.reduceat(played.load, starts, axis=0) / lengths[:, None],
        burdens=played.burdens[ends],
        bound=played.bound,
    )


def frame_ends(hours: int) -> Integers:
    """[F] the position of the last hour of each frame."""
    step = 1 if hours <= MOST_HOURS else DAY
    ends = np.arange(step - 1, hours, step)
    return ends if hours % step == 0 else np.append(ends, hours - 1)


def _without_dispatch(outcome: Outcome) -> Outcome:
    return replace(outcome, dispatch=np.empty((len(outcome.burdens), 0)))
