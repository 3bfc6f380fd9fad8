"""What to try next, in one sentence, from the present state."""

from __future__ import annotations

from dataclasses import dataclass

from equity_core.outcome.outcome import Comparison
from equity_core.scenario.limits import limits_set
from equity_core.scenario.policies import WEIGHTED
from equity_core.text.nouns import region_noun


@dataclass(frozen=True)
class Step:
    """A sentence, and the page on which it is done: `page` as in the address, `way` as a link.

    Both are "" where it is done on the page itself.
    """

    words: str
    page: str = ""
    way: str = ""


GOALS = ("goals", "To the goals")
SAME = Step(
    "this is the baseline itself. Choose the policy Equity or Fairest to spare the region that "
    "carries most."
)
NO_LIMIT = Step("you have not set a limit yet: say what no region may exceed.", *GOALS)
WEIGHTLESS = Step("this policy does not look at who carries most; Equity and Fairest do.")
DONE = Step("see what not knowing the future would cost.", "foresight", "To foresight")


def next_step(comparison: Comparison) -> Step:
    """The first thing that this scenario leaves open."""
    scenario = comparison.after.scenario
    if scenario.policy == comparison.before.scenario.policy:
        return SAME
    if scenario.policy not in WEIGHTED:
        return WEIGHTLESS
    if comparison.regions_worse and not scenario.no_region_worse:
        return _spare_the_losers(comparison)
    return DONE if limits_set(scenario) else NO_LIMIT


def _spare_the_losers(comparison: Comparison) -> Step:
    one, many = region_noun(comparison.after.dataset_id)
    losers = comparison.regions_worse
    who = (
        f"one {one} carries"
        if losers == 1
        else f"{losers} of {len(comparison.regions)} {many} carry"
    )
    return Step(f"{who} more; ask that none does.", *GOALS)
