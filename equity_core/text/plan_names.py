"""What plans are called in a sentence, and the world that the baseline lives in."""

from __future__ import annotations

from equity_core.errors import InfeasibleError
from equity_core.inputs.catalogue import year_of_siting
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.scenario.scenario import Scenario

PLAN_NAMES = {
    "cost": "the cheapest plan",
    "carbon": "the lowest-carbon plan",
    "water": "the lowest-water plan",
    "cost_and_carbon": "the plan that prices cost and carbon",
    "all_averages": "the plan that prices total water and carbon",
    "equity": "the equity plan",
    "fairest": "the fairest plan",
    "nearest": "the nearest-site plan",
}

LEAST_MARGINAL = "the plan with the least marginal carbon"
THIS_PLAN, BASELINE = "this plan", "baseline"
"""What answers a scenario, and what it is compared with: called so wherever they have no name."""

SITING = "the siting of {year}"
"""The nearest-site plan of a data set that holds each site's own load of that year."""

AS_IT_IS, SAME_CHANGES, OTHER_CHANGES = (
    " in the world as it is",
    " with the same changes",
    " with other changes",
)


def plan_of(scenario: Scenario) -> str:
    """The plan of a scenario as it is called in a sentence: "the cheapest plan"."""
    if scenario.policy == "nearest" and (year := year_of_siting(scenario.dataset)):
        return SITING.format(year=year)
    if scenario.policy == "carbon" and scenario.carbon_accounting == "marginal":
        return LEAST_MARGINAL
    return PLAN_NAMES[scenario.policy]


def plan_name(outcome: Outcome) -> str:
    """`plan_of` the scenario that was solved."""
    return plan_of(outcome.scenario)


def baseline_name(comparison: Comparison) -> str:
    """The baseline as a plan: "the cheapest plan", and its world where one of them is changed."""
    before, after = comparison.before.scenario, comparison.after.scenario
    return plan_name(comparison.before) + _world_words(before, after)


def named_baseline(scenario: Scenario) -> str:
    """`baseline_name` of a scenario that need not be solved."""
    before = scenario.baseline_scenario()
    return plan_of(before) + _world_words(before, scenario)


def reference_name(scenario: Scenario) -> str:
    """The plan under which no region may be worse off, which lives in the world as it is set."""
    return plan_of(scenario.reference_scenario()) + same_changes(scenario)


def same_changes(scenario: Scenario) -> str:
    """What sets a plan in the world as it is set apart; "" where that is the world as it is."""
    return SAME_CHANGES if scenario.changes_world else ""


def without_baseline(scenario: Scenario, error: InfeasibleError) -> InfeasibleError:
    """What to say of a scenario that can be solved where its baseline cannot (`error`)."""
    where = error.details
    remedy = "choose another baseline (Compared with)"
    if scenario.baseline_world == "as_is" and scenario.changes_world:
        remedy = "choose the world with the same changes for it (baseline_world=as_set)"
    return InfeasibleError(
        f"The scenario can be solved, but its baseline, {named_baseline(scenario)}, "
        f"cannot: hour {where['hour']} needs {where['demand_mw']:.6g} MW, but only "
        f"{where['served_mw']:.6g} MW can be served ({where['hours_short']} hours fall short). "
        f"Allow a wider reach, or {remedy}.",
        where | {"baseline": scenario.baseline, "baseline_world": scenario.baseline_world},
    )


def _world_words(before: Scenario, after: Scenario) -> str:
    if not (before.changes_world or after.changes_world):
        return ""
    if not before.changes_world:
        return AS_IT_IS
    return SAME_CHANGES if before.world == after.world else OTHER_CHANGES
