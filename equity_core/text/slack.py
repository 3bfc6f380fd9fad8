"""What a plan makes of its goals, in words: room, what a unit is worth, and which goals clash."""

from __future__ import annotations

import math
from typing import Any

from equity_core.outcome.outcome import LimitUse, Outcome, RoomRange
from equity_core.outcome.percent import in_percent
from equity_core.scenario.limits import limits_set
from equity_core.scenario.policies import carbon_counted
from equity_core.text.limits import Wording, room_above
from equity_core.text.nouns import deeds, noun
from equity_core.text.numbers import (
    NO_CHANGE,
    SAME_PERCENT,
    amount,
    change,
    joined,
    more_or_less,
    rounded,
    unchanged,
)
from equity_core.text.opening.setting import setting

NOT_PAID = {
    "fairest": "all of it weights, which nobody pays",
    "equity": "the weights in it are paid by nobody",
}
"""Policy -> what is said wherever an amount of weighted burden could be taken for money."""

BINDS = 1e-6
"""Share of a limit below which no room is left."""


def objective_words(outcome: Outcome) -> tuple[str, str]:
    """The unit of the objective, and what it is made of: "usd", "electricity cost"."""
    scenario = outcome.scenario
    units = {footprint.name: footprint.unit for footprint in outcome.footprints}
    if scenario.policy in units:
        counted = carbon_counted(scenario) if scenario.policy == "carbon" else scenario.policy
        return next((item.unit, noun(item)) for item in outcome.footprints if item.name == counted)
    if scenario.policy == "fairest":
        return "usd", "the weighted burden"
    if scenario.policy == "equity":
        return "usd", "cost plus weighted burden"
    charged = set(outcome.terms) - {"cost"}
    return "usd", "cost plus priced burdens" if charged else "electricity cost"


def not_paid(outcome: Outcome) -> str:
    """That weights are nobody's money, where an amount holds some; else nothing."""
    return NOT_PAID.get(outcome.scenario.policy, "")


def in_all(outcome: Outcome) -> str:
    """The whole of `objective_words`, beside which a part of it is small: "$19.1 billion in all;
    all of it weights, which nobody pays"."""
    whole = amount(outcome.objective, objective_words(outcome)[0])
    return "; ".join(filter(None, [f"{whole} in all", not_paid(outcome)]))


def binds(use: LimitUse) -> bool:
    """Whether the plan uses all that the limit allows."""
    return use.worth > 0 or use.asked - use.needed <= BINDS * max(abs(use.asked), BINDS)


def room_sentence(
    outcome: Outcome, use: LimitUse, wording: Wording, found: RoomRange | None = None
) -> str:
    """What the plan makes of one goal, which it names.

    `found` is how far the worth of more room reaches; without it no rate is given, as it could end
    after the first drop.
    """
    goal = wording.goal(use.field, use.asked)
    told = f"\N{LEFT DOUBLE QUOTATION MARK}{goal}\N{RIGHT DOUBLE QUOTATION MARK} is met"
    told = f"Simulated for {setting(outcome)}, the goal {told}"
    if not binds(use):
        room = _shown_down(use.asked - use.needed)
        return f"{told}, with {wording.room(use.field, room)} to spare."
    if use.worth <= 0:
        return f"{told} exactly; loosened, it would save nothing."
    unit, what = objective_words(outcome)
    if found is None:
        return f"{told} exactly and holds the plan back: loosened, it would lower {what}."
    if found.more == 0:
        return (
            f"{told} exactly and holds the plan back: loosened, it would lower {what}, but each "
            "bit by less than the one before, so there is no rate to give."
        )
    word, step = wording.unit(use.field)
    rate = amount(found.saved * step / found.more, unit)
    return (
        f"{told} exactly and holds the plan back: {wording.room(use.field, found.more, 3)} more "
        f"would lower {what} by {amount(found.saved, unit)}, {rate} for each {word}; each further "
        f"{word} saves no more than that."
    )


def _shown_down(room: float) -> float:
    """Room to three digits, never more than there is."""
    step = 10.0 ** (math.floor(math.log10(room)) - 2)
    return float(f"{math.floor(room / step + 1e-9) * step:.3g}")


def price_sentence(outcome: Outcome, without: Outcome, name: str) -> str:
    """What the goals of a plan cost: against `without`, the plan of the same policy without them.

    `name` is what that plan is called: "the equity plan".
    """
    one = len(limits_set(outcome.scenario)) == 1
    goals, them = ("The goal", "it") if one else ("The goals together", "them")
    verbs = ("costs", "saves") if one else ("cost", "save")
    price = f"{goals} {_price(outcome, without, verbs)}: without {them} {name}, simulated for"
    base = f"{setting(outcome)}, costs {amount(without.cost_usd, 'usd')}"
    return f"{price} {base}. {_worst_with(outcome, without, them)}"


def _worst_with(outcome: Outcome, without: Outcome, them: str) -> str:
    """ "With it the region that carries most uses 6.53% less water and emits as much carbon." """
    pairs = [
        (item, without.worst(item.column), outcome.worst(item.column))
        for item in outcome.footprints
    ]
    if all(unchanged(before, after) for _, before, after in pairs):
        return f"With {them} the region that carries most carries as much as without {them}."
    done = [
        (item, f"{_side(before, after, item.unit)} {noun(item)}") for item, before, after in pairs
    ]
    return f"With {them} the region that carries most {joined(deeds(done))}."


def _side(before: float, after: float, unit: str) -> str:
    return "as much" if unchanged(before, after) else more_or_less(before, after, unit)


def one_price_sentence(outcome: Outcome, without: Outcome) -> str:
    """What one of several goals costs: against `without`, the same plan with all others."""
    price, base = _price(outcome, without, ("costs", "saves")), amount(without.cost_usd, "usd")
    return f"This goal {price}: without it the plan costs {base}, simulated for {setting(outcome)}."


def _price(outcome: Outcome, without: Outcome, verbs: tuple[str, str]) -> str:
    """ "costs $7,210 (2.14%) more", "saves $10", "costs nothing"."""
    base, more = without.cost_usd, outcome.cost_usd - without.cost_usd
    if abs(more) <= SAME_PERCENT / 100 * abs(base) or change(more, "usd") == NO_CHANGE:
        return f"{verbs[0]} nothing"
    share = f" ({rounded(abs(in_percent(more, base)))})" if base else ""
    size = f"{amount(abs(more), 'usd')}{share}"
    return f"{verbs[0]} {size} more" if more > 0 else f"{verbs[1]} {size}"


def goals_headline(outcome: Outcome) -> str:
    """Whether the goals are reached, in one sentence."""
    count = len(limits_set(outcome.scenario))
    cost = f"{amount(outcome.cost_usd, 'usd')}, simulated for {setting(outcome)}"
    if not count:
        return f"No goal is set, so no limit holds the plan; its electricity costs {cost}."
    subject = {1: "The goal is", 2: "Both goals are"}.get(count, f"All {count} goals are")
    tight = sum(binds(use) for use in outcome.limits)
    if not tight:
        return f"{subject} met with room to spare; the plan's electricity costs {cost}."
    return f"{subject} met, and {_leaving(tight, count)}; the plan's electricity costs {cost}."


def _leaving(tight: int, count: int) -> str:
    """How many of the goals leave no room."""
    if tight == count:
        return {1: "it leaves no room", 2: "neither leaves room"}.get(count, "none leaves room")
    return "one of them leaves no room" if tight == 1 else f"{tight} of them leave no room"


def clash_sentence(limits: list[dict[str, Any]], wording: Wording) -> str:
    """Which goals clash, from the details of an `InfeasibleError`.

    Goals that not even alone can be met are named first, each with the nearest value possible.
    """
    lone = [_lone(way, wording) for way in limits if way["alone"] != way["asked"]]
    if lone:
        which = "this goal" if len(lone) == 1 else "any of these goals"
        alone = "" if len(limits) == 1 else ", even alone"
        return f"No plan keeps {which}{alone}: {'; '.join(lone)}."
    goals = [wording.goal(way["field"], way["asked"]) for way in limits]
    if len(limits) == 1 and limits[0]["possible"] is None:
        return f"No plan keeps this goal, and no other value of it would do: {goals[0]}."
    clashing = [
        goal for goal, way in zip(goals, limits, strict=True) if way["possible"] is not None
    ]
    opening = "Each of these goals can be met alone, but no plan keeps them together"
    if not clashing:
        return f"{opening}, and loosening one is not enough: {'; '.join(goals)}."
    if len(clashing) == 1:
        others = "the other goal" if len(limits) == 2 else "the others"
        return f"One goal can be met alone, but not beside {others}: {clashing[0]}."
    return f"{opening}: {joined(clashing)}. Loosening any one of them is enough."


def _lone(way: dict[str, Any], wording: Wording) -> str:
    """A goal that not even alone can be met, and what could be."""
    nearest = wording.size(way["field"], room_above(way["alone"]))
    return f"{wording.goal(way['field'], way['asked'])} (the nearest possible is {nearest})"
