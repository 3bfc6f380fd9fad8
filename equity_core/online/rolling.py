"""Hour by hour on advice: the duals are carried out, not the loads of a plan.

The dispatcher at an hour's true figures is always possible, whatever was expected of the hour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats
from equity_core.model.dispatch import dispatch_hours
from equity_core.model.instance import Instance
from equity_core.online.advice import Advice
from equity_core.online.blend import Guard, mix_hours
from equity_core.online.charges import Charges
from equity_core.online.forecasts import DAY
from equity_core.online.pace import Pace, add_to_hour, leeway_of


@dataclass(frozen=True, eq=False)
class Run:
    """What was done hour by hour.

    load   [T, N] MW
    duals  [T, K, N] what a unit of burden counted besides levies, USD
    share  [T] how much of the forecast's load was left by a guard; 1 without one
    """

    load: Floats
    duals: Floats
    share: Floats


def run_on(
    advice: Advice,
    pace: Pace,
    instance: Instance,
    charges: Charges,
    guard: Guard | None = None,
    reached: Callable[[float], None] = lambda share: None,
) -> Run:
    """Do what `advice` says, as far as `guard` allows; what waits runs as `pace` says.

    `reached` is told each day which share of the hours is over; it may raise to stop.
    """
    physics, (hours, sites) = instance.physics, instance.physics.shape
    order, so_far = physics.any_order(), np.zeros_like(charges.base)
    ahead, comes, left = np.zeros_like(so_far), leeway_of(physics).comes, 0.0
    run = Run(np.empty((hours, sites)), np.empty((hours, len(so_far) - 1, sites)), np.ones(hours))
    for first in range(0, hours, advice.every):
        last = min(first + advice.every, hours)
        if first % DAY == 0:
            reached(first / hours)
        run.duals[first:last] = advice.duals(first, so_far, left + comes[first])
        weights = charges.base.copy()
        weights[1:] += run.duals[first] * charges.scale[1:]
        dispatch_hours(physics.arrays, first, last, weights, charges.scale, order, run.load)
        for hour in range(first, last) if physics.waits else ():
            left += comes[hour]
            now = pace.run(hour, weights, left)
            add_to_hour(physics.arrays, hour, now, weights, charges.scale, run.load)
            left -= now
        if guard is not None:
            held = guard.safe, guard.ceiling
            mix_hours(physics.arrays, charges, held, first, last, ahead, run.load, run.share)
        so_far += _measures(instance, run.load, slice(first, last))
    return run


def _measures(instance: Instance, load: Floats, hours: slice) -> Floats:
    """[1 + K, N] cost and burdens of some hours."""
    arrays = instance.physics.arrays
    cost = (arrays.price[hours] * load[hours]).sum(axis=0)
    burdens = (arrays.intensity[hours] * load[hours, None]).sum(axis=0)
    measures: Floats = np.vstack([cost, burdens]) * instance.scale
    return measures
