"""What a plan makes of its goals, in words: how much room there is, and what a unit is worth."""

from __future__ import annotations

from typing import Any

from equity_core.outcome.formats import amount, joined, number
from equity_core.outcome.goal_words import Wording, limits_set, room_above
from equity_core.outcome.outcome import LimitUse, Outcome

BINDS = 1e-6
"""Share of a limit below which no room is left."""


def objective_words(outcome: Outcome) -> tuple[str, str]:
    """The unit of the objective, and what it is made of: "usd", "electricity cost"."""
    scenario = outcome.scenario
    units = {footprint.name: footprint.unit for footprint in outcome.footprints}
    if scenario.policy in units:
        return units[scenario.policy], scenario.policy
    if scenario.policy == "fairest":
        return "usd", "fairness charge"
    if scenario.policy == "equity":
        return "usd", "cost plus fairness charge"
    charged = set(outcome.terms) - {"cost"}
    return "usd", "cost plus charges" if charged else "electricity cost"


def binds(use: LimitUse) -> bool:
    """Whether the plan uses all that the limit allows."""
    return use.worth > 0 or use.asked - use.needed <= BINDS * max(abs(use.asked), BINDS)


def room_sentence(
    outcome: Outcome, use: LimitUse, wording: Wording, holds: float | None = None
) -> str:
    """What the plan makes of one goal.

    `holds`: for how much more room (in the limit's unit) its worth was found to hold to within 5%;
    None where nobody has looked.
    """
    if not binds(use):
        room = wording.size(use.field, _shown_down(use.asked - use.needed))
        return f"Met with {room} of room."
    word, step = wording.unit(use.field)
    if use.worth <= 0:
        return "Met exactly; more room would save nothing."
    unit, what = objective_words(outcome)
    worth = amount(use.worth * step, unit)
    sentence = f"Met exactly, and it binds: one {word} more would lower {what} by up to {worth}"
    if holds is None:
        return f"{sentence}."
    if holds == 0:
        return f"{sentence}; that rate soon falls."
    shown = number(holds / step)
    return f"{sentence}. The rate holds to within 5% for {shown} {_plural(word, shown)} more."


def _plural(word: str, count: str) -> str:
    return f"{word}s" if len(word) > 3 and count != "1" else word


def _shown_down(room: float) -> float:
    """Room to three digits, never more than there is."""
    return float(f"{room * (1 - 5e-4):.4g}") if room > 0 else 0.0


def goals_headline(outcome: Outcome) -> str:
    """Whether the goals are reached, in one sentence."""
    count = len(limits_set(outcome.scenario))
    cost = amount(outcome.cost_usd, "usd")
    if not count:
        return f"No goals are set: the plan is free, and its electricity costs {cost}."
    subject = {1: "The goal is", 2: "Both goals are"}.get(count, f"All {count} goals are")
    tight = sum(binds(use) for use in outcome.limits)
    if not tight:
        return f"{subject} met with room to spare; the plan's electricity costs {cost}."
    which = "it leaves" if count == 1 else f"{tight} of them {'leave' if tight > 1 else 'leaves'}"
    which = which.replace("1 of them", "one of them")
    return f"{subject} met, and {which} no room; the plan's electricity costs {cost}."


def clash_sentence(limits: list[dict[str, Any]], wording: Wording) -> str:
    """Which goals clash, from the details of an `InfeasibleError`."""
    goals = [wording.goal(way["field"], way["asked"]) for way in limits]
    if len(limits) == 1:
        nearest = wording.size(limits[0]["field"], room_above(limits[0]["possible"]))
        return f"No plan keeps this goal: {goals[0]}. The nearest possible is {nearest}."
    clashing = [
        goal for goal, way in zip(goals, limits, strict=True) if way["possible"] is not None
    ]
    if not clashing:
        return f"No plan keeps these goals, and loosening one is not enough: {'; '.join(goals)}."
    if len(clashing) == 1:
        others = "the other goal" if len(limits) == 2 else "the others"
        return f"One goal cannot be met beside {others}: {clashing[0]}."
    return f"No plan keeps these goals together: {joined(clashing)}. Loosening any one is enough."
