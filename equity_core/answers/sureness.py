"""How sure a verdict is, in sentences: does the conclusion hold, and does this plan hold?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from equity_core.arrays import Floats
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Footprint
from equity_core.robustness.examine import TAILS, Robustness
from equity_core.scenario.limits import limits_set
from equity_core.scenario.policies import policy_terms
from equity_core.text.limits import Wording
from equity_core.text.nouns import noun, region_noun, verb
from equity_core.text.numbers import MINUS, joined, number, percent
from equity_core.text.opening.setting import simulated
from equity_core.text.opening.subject import plan_apart
from equity_core.text.opening.who import named
from equity_core.text.plan_names import named_baseline

THRESHOLDS = (20.0, 10.0, 5.0, 1.0)
"""Reductions, in %, of which the largest is counted that the plan promises on expected figures."""

TOLD = (*TAILS, 0.0, 100.0)
"""Those percentiles, the least and the most: what is said of every draw has to hold of each."""

SELDOM, MOST_NAMED = 0.05, 4
"""A region that binds in fewer draws is not named, nor more than so many."""

TROUBLES = {
    "demand": "demand exceeds what the sites can serve",
    "limits": "no plan keeps the limits",
    "certificate": "no plan could be certified, the figures being too extreme",
}


def headline(found: Robustness) -> str:
    """The verdict in one sentence with its counts.

    "Simulated for AI data centres in 10 regions, 19 days of 2022, figures off by chance: under the
    equity plan, against the cheapest plan, the region that carries most uses at least 20% less
    water in 117 of 128 draws; Germany is worse off in all of them, 4 more in most."
    """
    return f"{standing(found)} {verdict(found)}"


def standing(found: Robustness) -> str:
    """What the verdict stands on: "Simulated for ..., figures off by chance:"."""
    return f"{simulated(found)}, figures off by chance:"


def verdict(found: Robustness) -> str:
    """The headline without what it stands on."""
    if not found.solved:
        many = len(found.draws)
        return f"there is no plan in {f'any of {many} draws' if many > 1 else 'the one draw'}."
    text = " and ".join(_counted(found, k, found.footprints[k]) for k in _headlined(found))
    plan = plan_apart(found.scenario, found.scenario.baseline_scenario())
    against = named_baseline(found.scenario)
    return (
        f"under {plan}, against {against}, the region that carries most {text}; {_losers(found)}."
    )


def _headlined(found: Robustness) -> list[int]:
    """The footprints that the policy weighs, or all: those that fall, where any does."""
    weighed = policy_terms(found.scenario).worst
    some = [k for k, item in enumerate(found.footprints) if not weighed or item.name in weighed]
    return [k for k in some if found.expected_changes[k] < 0] or some


def _losers(found: Robustness) -> str:
    """ "Germany is worse off in all of them, 4 more in most"."""
    names = list(found.site_names.values())
    always = [name for name, x in zip(names, found.worse_share, strict=True) if x == 1]
    most = int(((found.worse_share > 1 / 2) & (found.worse_share < 1)).sum())
    if not always and not most:
        return f"no {region_noun(found.scenario.dataset)[0]} is worse off in most of them"
    if not always:
        some = counted(most, region_noun(found.scenario.dataset)[0])
        return f"{some} {'is' if most == 1 else 'are'} worse off in most of them"
    told = f"{named(always)} {'is' if len(always) == 1 else 'are'} worse off in all of them"
    return f"{told}, {most} more in most" if most else told


def _counted(found: Robustness, k: int, item: Footprint) -> str:
    """ "uses at least 20% less water in 117 of 128 draws"."""
    moved, of = found.worst_changes(k), f"of {counted(len(found.draws), 'draw')}"
    promised = -float(found.expected_changes[k])
    least = next((each for each in THRESHOLDS if each <= promised), None)
    if least is None:
        more = int((moved > 0).sum())
        return f"{verb(item)} more {noun(item)} in {more} {of}"
    held = int((moved <= -least).sum())
    return f"{verb(item)} at least {number(least)}% less {noun(item)} in {held} {of}"


def conclusion(found: Robustness) -> tuple[str, ...]:
    """Does the conclusion hold? Planned anew in every draw, beside the baseline of that draw."""
    lines = [*_troubles(found)]
    if found.solved:
        lines += [
            f"{_of_most(item)}: {interval(found.worst_changes(k))}."
            for k, item in enumerate(found.footprints)
        ]
        lines.append(f"Electricity cost: {interval(found.cost_changes())}.")
        many = region_noun(found.scenario.dataset)[1]
        lines.append(f"{many[0].upper()}{many[1:]} worse off: {counts(found.worse_counts())}.")
        lines += filter(None, (_binding(found, k) for k in range(len(found.footprints))))
        lines.append(worse_off(found, found.worse_share, len(found.solved)))
    return tuple(lines)


def _of_most(item: Footprint) -> str:
    """ "Water of the region that carries most"."""
    return f"{item.label} of the region that carries most"


def plan_kept(found: Robustness) -> tuple[str, ...]:
    """Does this plan hold? Kept as it is, beside the baseline's plan, kept as well."""
    if not found.carried:
        return ("In no draw can it serve all demand.",)
    lines = [
        f"{_of_most(item)}: {interval(found.worst_changes(k, kept=True))}."
        for k, item in enumerate(found.footprints)
    ]
    lines.append(f"Electricity cost: {interval(found.cost_changes(kept=True))}.")
    lines.append(worse_off(found, found.kept_worse_share, len(found.carried)))
    lines += _regrets(found)
    if any(not draw.kept.keeps_limits for draw in found.carried if draw.kept):
        many = counted(len(found.carried), "draw")
        lines.append(f"It keeps {_goals(found)} in {found.limits_kept} of {many}.")
    return tuple(lines)


def _goals(found: Robustness) -> str:
    """ "its goal (cost at most 5% above the cheapest plan)"."""
    wording = Wording.of(found.scenario, found.footprints, found.site_names)
    told = [wording.goal(*limit) for limit in limits_set(found.scenario).items()]
    return f"{'its goal' if len(told) == 1 else 'all its goals'} ({joined(told)})"


def _regrets(found: Robustness) -> Iterator[str]:
    if not len(found.regrets):
        return
    yield (
        "Its regret, by how much it ends above the best plan of the draw in what is minimised: "
        f"{spread(found.regrets)}."
    )
    if len(found.online_regrets):
        yield (
            "Planned hour by hour instead, by exponential weights that see each hour's figures as "
            f"it comes and know nothing ahead: {spread(found.online_regrets)}."
        )


def _troubles(found: Robustness) -> Iterator[str]:
    for why, words in TROUBLES.items():
        if many := found.troubles(why):
            yield (
                f"In {many} of {counted(len(found.draws), 'draw')} {words}; they count in no other "
                "figure here."
            )


def _binding(found: Robustness, k: int) -> str:
    """ "Water binds in Nevada in 73% of them, in Virginia in 66%"; "" where none does."""
    share, item = found.binding_share[k], found.footprints[k]
    names = list(found.site_names.values())
    order = np.argsort(-share, kind="stable")
    told = [
        f"{names[i]} in {share_words(float(share[i]))}"
        for i in order[:MOST_NAMED]
        if share[i] >= SELDOM
    ]
    return f"Whose {noun(item)} binds: {joined(told)} of the draws." if told else ""


def worse_off(found: Robustness, share: Floats, draws: int) -> str:
    """Who is worse off how often: in all, mostly, seldom, never."""
    names = np.array(list(found.site_names.values()), dtype=object)
    regions = found.regions
    always, never = regions & (share == 1), regions & (share == 0)
    between = [i for i in np.argsort(-share, kind="stable") if regions[i] and 0 < share[i] < 1]
    parts = []
    if always.any():
        parts.append(f"{joined(list(names[always]))} in all")
    parts += [f"{names[i]} in {share_words(float(share[i]))}" for i in between]
    if never.any():
        parts.append(f"{joined(list(names[never]))} in none")
    return f"Worse off than under the baseline: {', '.join(parts)} of {counted(draws, 'draw')}."


def share_words(share: float) -> str:
    """A share of the draws: "66%"; what is neither none nor all never reads as one of them."""
    percents = round(100 * share)
    if share > 0 and percents == 0:
        return "under 1%"
    if share < 1 and percents == 100:
        return "over 99%"
    return f"{percents}%"


def interval(changes: Floats) -> str:
    """ "−51.3% to −27.7% in nine draws of ten, −37.3% in the middle": of changes in %."""
    known = changes[np.isfinite(changes)]
    if not len(known):
        return "no percentage, the baseline being 0"
    return _between([_signed(float(x)) for x in np.percentile(known, TOLD)])


def spread(regrets: Floats) -> str:
    """ "3.7% to 11.8% in nine draws of ten, 6.6% in the middle": of shares in %."""
    return _between([percent(float(x), 2) for x in np.percentile(regrets, TOLD)])


def _between(told: list[str]) -> str:
    """`told`: what stands at the percentiles TOLD."""
    low, middle, high, least, most = told
    if least == most:
        return f"{middle} in every draw"
    if low == high:
        return f"{middle} in nine draws of ten, {least} to {most} in all"
    return f"{low} to {high} in nine draws of ten, {middle} in the middle"


def counts(many: Floats) -> str:
    """ "4 to 6 in nine draws of ten, 5 in the middle": of whole numbers; nothing where none is."""
    if not len(many):
        return "in no draw"
    return _between([f"{round(float(x))}" for x in np.percentile(many, TOLD)])


def _signed(value: float) -> str:
    rounded = round(value, 1) + 0.0
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):g}%"
