"""How long load waits: which of it runs at another hour than it arises."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.inputs.dataset import Dataset
from equity_core.model.instance import demand_of
from equity_core.outcome.outcome import Outcome

MOST_SAID = 0.95


@dataclass(frozen=True, eq=False)
class Waits:
    """Load that may wait, in its windows.

    asked        [T] MW of it that arises in each hour
    run          [T] MW of it that runs in each hour
    moved_share  of its energy, what runs at another hour
    mean, most, longest  hours between, over all of it: the mean, what 95% of it stays within, and
                 the longest
    """

    asked: Floats
    run: Floats
    moved_share: float
    mean: float
    most: float
    longest: float


def waits_of(outcome: Outcome, fleet: Dataset) -> Waits | None:
    """The waits of a plan, as short as they can be; None where no load may wait.

    What can run in the hour where it arises does, the rest keeps its order: no other way of telling
    who runs when has a shorter mean. `fleet` as in `by_hour`.
    """
    scenario, share = outcome.scenario, outcome.scenario.waiting_share
    if not share:
        return None
    load = demand_of(scenario, fleet).sum(axis=0)
    asked = share * scenario.movable_share * load
    if not asked.any():
        return None
    run = np.maximum(outcome.dispatch.sum(axis=0) - (load - asked), 0.0)
    # Both add up alike in every window, so that what keeps its order stays in its own.
    return Waits(asked, run, *_told(*_matched(asked, run), float(asked.sum())))


def _matched(asked: Floats, run: Floats) -> tuple[Integers, Floats]:
    """Hours between arising and running, and the energy of each piece that is moved."""
    same = np.minimum(asked, run)
    out, back = np.cumsum(asked - same), np.cumsum(run - same)
    ends = np.unique(np.concatenate([out, back * (out[-1] / back[-1] if back[-1] else 0.0)]))
    middle = ends - np.diff(ends, prepend=0.0) / 2
    last = len(asked) - 1
    source = np.minimum(np.searchsorted(out, middle), last)
    target = np.minimum(np.searchsorted(back, middle), last)
    return np.abs(source - target), np.diff(ends, prepend=0.0)


def _told(hours: Integers, energy: Floats, total: float) -> tuple[float, float, float, float]:
    """Share moved, and the mean, most and longest wait of all that may wait."""
    counted = energy > 1e-9 * total
    hours, energy = hours[counted], energy[counted]
    moved = float(energy.sum())
    order = np.argsort(hours)
    reached = total - moved + np.cumsum(energy[order])
    beyond = np.flatnonzero(reached >= MOST_SAID * total * (1 - 1e-9))
    within = hours[order][beyond[0]] if moved > (1 - MOST_SAID) * total and beyond.size else 0
    mean = float(hours @ energy) / total
    return moved / total, mean, float(within), float(hours.max(initial=0))
