"""Limits that clash: which ones, and the smallest change to each that makes a plan possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from equity_core.errors import InfeasibleError
from equity_core.model.instance import Instance
from equity_core.model.limits import SLACK, Limit
from equity_core.solvers.engine.dual_search import LimitsClash
from equity_core.solvers.engine.plan import Plan, best_plan
from equity_core.solvers.engine.primal_recovery import EXACT
from equity_core.solvers.engine.warm_starts import WarmStart

DEARER = 1e3
"""How much dearer relaxing becomes where it was cheaper than what it gained."""

HARD = 1e6
"""Price of relaxing the other limits while one is looked at."""


def plan_within_limits(
    instance: Instance,
    start: WarmStart,
    tolerance: float,
    exact: float,
    watch: Callable[[], None],
) -> Plan:
    """The best plan (`best_plan`) of those that keep all limits.

    Raises `InfeasibleError` where there is none; its details hold `limits`: for each one its field,
    what was `asked`, what would be `possible` if all others stand (or None), and what would be
    possible if it stood `alone`: what was asked where it clashes with others only.
    """
    try:
        plan = best_plan(instance, start, tolerance, exact, watch)
        while instance.objective.broken(instance.measures(plan.load)):
            # Either no plan keeps the limits, or relaxing them was too cheap.
            _raise_where_none(instance, start, watch)
            dearer = [price * DEARER for price in instance.objective.prices]
            instance = replace(instance, objective=instance.objective.priced(dearer))
            plan = best_plan(instance, start, tolerance, exact, watch)
    except LimitsClash:
        raise _clash(instance, start, watch) from None
    return plan


def _raise_where_none(instance: Instance, start: WarmStart, watch: Callable[[], None]) -> None:
    limits = instance.objective.limits
    if any(_relaxations(instance, limits, [1.0] * len(limits), start, watch)):
        raise _clash(instance, start, watch)


def _relaxations(
    instance: Instance,
    limits: tuple[Limit, ...],
    prices: Sequence[float],
    start: WarmStart,
    watch: Callable[[], None],
) -> list[float]:
    """The relaxation of each of `limits` in a plan that makes their priced sum the least."""
    only = replace(instance.objective, limits=limits).limits_alone(prices)
    alone = replace(instance, objective=only)
    plan = best_plan(alone, start.like(), SLACK, EXACT, watch)
    measures = alone.measures(plan.load)
    return [limit.excess(measures) for limit in limits]


def _clash(instance: Instance, start: WarmStart, watch: Callable[[], None]) -> InfeasibleError:
    """What to tell: each limit, and what it would have to be if all others stand."""
    limits = instance.objective.limits
    adjustable = {limit.field for limit in limits if limit.is_adjustable}
    ways = []
    for chosen, limit in enumerate(limits):
        if not limit.is_adjustable:
            if limit.field not in adjustable:
                ways.append(_way(limit, None, 0.0))
            continue
        prices = [1.0 if other == chosen else HARD for other in range(len(limits))]
        relaxations = _relaxations(instance, limits, prices, start, watch)
        others = relaxations[:chosen] + relaxations[chosen + 1 :]
        (alone,) = _relaxations(instance, (limit,), [1.0], start, watch)
        ways.append(_way(limit, None if any(others) else relaxations[chosen], alone))
    return InfeasibleError(_sentence(ways), {"limits": ways})


def _way(limit: Limit, relaxation: float | None, alone: float) -> dict[str, Any]:
    """One way out: the limit's field, what it says, and what it would have to say (or None)."""
    possible = None if relaxation is None else limit.relaxed(relaxation)
    return {
        "field": limit.field,
        "asked": limit.asked,
        "possible": possible,
        "alone": limit.relaxed(alone),
    }


def _sentence(ways: Sequence[dict[str, Any]]) -> str:
    fields = ", ".join(f"{way['field']} {way['asked']:.6g}" for way in ways)
    out = [
        f"{way['field']} to {way['possible']:.6g}" for way in ways if way["possible"] is not None
    ]
    if len(ways) == 1 and not out:
        return f"No plan keeps {fields}, and no other value of it would do; leave it out."
    if len(ways) == 1:
        return f"No plan keeps {fields}; the nearest possible is {ways[0]['possible']:.6g}."
    lone = [f"{way['field']} to {way['alone']:.6g}" for way in ways if way["alone"] != way["asked"]]
    if lone:
        return f"No plan keeps {fields}. Even alone these must be loosened: {'; '.join(lone)}."
    if not out:
        return f"No plan keeps {fields} together, whichever one is loosened; loosen several."
    return f"No plan keeps {fields} together. Any one of these is enough: {'; '.join(out)}."
