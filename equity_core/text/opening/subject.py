"""What acts in the headline: how much of the load a plan may move, or the plan by its name."""

from __future__ import annotations

from equity_core.outcome.outcome import Comparison
from equity_core.scenario.limits import limits_set
from equity_core.scenario.scenario import Scenario
from equity_core.text.numbers import percent
from equity_core.text.plan_names import plan_of

SHARES = {0.1: "a tenth", 0.2: "a fifth", 0.25: "a quarter", 0.5: "half"}
"""Shares that have a word of their own."""


def subject(comparison: Comparison) -> str:
    """ "Moving up to a fifth of the load", "The equity plan".

    Where the plan lives in another world than its baseline, that is said: the change is not the
    plan's doing alone.
    """
    after = comparison.after.scenario
    world = "" if comparison.before.scenario.world == after.world else " in the changed world"
    return f"{_acting(comparison)}{world}"


def _acting(comparison: Comparison) -> str:
    scenario = comparison.after.scenario
    share = scenario.movable_share
    if share == 0:
        return "Keeping all load where it is"
    if share < 1:
        return f"Moving up to {SHARES.get(share, percent(100 * share))} of the load"
    name = told_apart(comparison)
    return f"{name[0].upper()}{name[1:]}"


def told_apart(comparison: Comparison) -> str:
    """The plan, never called as its baseline is: "the cheapest plan within its goals"."""
    return plan_apart(comparison.after.scenario, comparison.before.scenario)


def plan_apart(after: Scenario, before: Scenario) -> str:
    """The same of scenarios that need not be solved."""
    name = plan_of(after)
    if name != plan_of(before):
        return name
    return f"{name} within its goals" if limits_set(after) else f"{name} as set here"
