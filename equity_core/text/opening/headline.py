"""The result in one sentence with a subject, names and totals: from a comparison to words.

The words never say less than the numbers: a rise is told as plainly as a fall, every percentage
says against what, and those who carry more stand in the same sentence as those who carry less.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.text.accounting import accounting_clause, apart_clause, carbons
from equity_core.text.nouns import deeds, noun, plural_verb, region_noun, verb
from equity_core.text.numbers import SAME_PERCENT, amount, joined, more_or_less, rounded, unchanged
from equity_core.text.opening.ceiling import most_possible
from equity_core.text.opening.moves import Move, totals, worst_moves
from equity_core.text.opening.subject import subject
from equity_core.text.opening.who import (
    before_words,
    carriers,
    carriers_words,
    largest_increase,
    now_words,
    steepest_rise,
)
from equity_core.text.plan_names import BASELINE, baseline_name, same_changes

FEW = 2
"""Footprints whose changes are told one by one; of more, the least and the most."""


def headline(comparison: Comparison) -> str:
    """What a plan does, to whom, at what cost, who pays; then all regions together and the rest.

    "Moving up to a fifth of the load takes 20% off the water and carbon of the region that carries
    most (Virginia), at 5.6% lower cost than under the siting of 2023; 8 of 23 states carry more,
    Texas most (2.34 million t more carbon, +28%). All regions together use 2.8% less water. In
    proportion carbon rises most in New Mexico, from 169,000 t to 847,000 t. Against the cheapest
    plan the cost is 2% higher."
    """
    return " ".join(headline_sentences(comparison))


def headline_sentences(comparison: Comparison) -> tuple[str, ...]:
    """The sentences of `headline`; the first one holds the few numbers that matter.

    A page may set it larger than the others.
    """
    carbon = accounting_clause(comparison)
    if _same(comparison):
        told = [_same_clause(comparison), _all_amounts(comparison.after), carbon]
    else:
        told = [_what_it_does(comparison), most_possible(comparison), _total_clause(comparison)]
        told += [carbon, *_beside(comparison)]
    return (*map(_sentence, filter(None, told)), *new_site_sentences(comparison))


def small_sentences(comparison: Comparison) -> tuple[str, ...]:
    """What a page sets small beside the first sentence, where the totals stand in a strip."""
    new = new_site_sentences(comparison)
    if _same(comparison):
        return new
    told = most_possible(comparison), apart_clause(comparison), *_beside(comparison)
    return (*map(_sentence, filter(None, told)), *new)


def _sentence(clause: str) -> str:
    return f"{clause[0].upper()}{clause[1:]}."


def _what_it_does(comparison: Comparison) -> str:
    deed = f"{subject(comparison)} {_deed(comparison)}, at {_cost(comparison)}"
    return f"{deed}; {losers_clause(comparison)}"


def _beside(comparison: Comparison) -> tuple[str, ...]:
    """Who carries most now, the steepest rise, the cost's other yardstick; "" for none of them.

    That one stands last, in a sentence of its own: two yardsticks of cost in one are read as one.
    """
    return _now_clause(comparison), steepest_rise(comparison), _above_cheapest(comparison)


def _now_clause(comparison: Comparison) -> str:
    """Who carries most now, where all largest burdens fall: otherwise it stands in the deed."""
    if any(move.direction >= 0 for move in worst_moves(comparison)):
        return ""
    return now_words(comparison.before, comparison.after)


def _added_up(footprints: Sequence[Footprint]) -> list[Footprint]:
    """The footprints whose totals are told together; the two kinds of carbon have a sentence."""
    return [item for item in footprints if item not in carbons(footprints)]


def _same(comparison: Comparison) -> bool:
    """Whether no region's load, cost or footprint differs."""
    for column in comparison.after.by_column:
        before, change = (comparison.by_column[f"{column}_{part}"] for part in ("before", "change"))
        if (np.abs(change) / max(np.abs(before).max(), 1e-12) >= SAME_PERCENT / 100).any():
            return False
    return True


def _same_clause(comparison: Comparison) -> str:
    before, after = comparison.before, comparison.after
    asked = [(plan.scenario.policy, plan.scenario.world) for plan in (before, after)]
    itself, name = asked[0] == asked[1], baseline_name(comparison)
    opening = f"This is the {BASELINE} itself, {name}" if itself else f"This plan equals {name}"
    worst = joined(deeds([(item, _worst_amount(after, item)) for item in after.footprints]))
    cost = amount(after.cost_usd, "usd")
    who = carriers_words(carriers(after), carriers(after))
    return f"{opening}: it costs {cost} and {who} {worst}"


def _worst_amount(outcome: Outcome, footprint: Footprint) -> str:
    worst = amount(outcome.worst(footprint.column), footprint.unit)
    return f"{worst} of {noun(footprint)}"


def _all_amounts(outcome: Outcome) -> str:
    told = [
        f"{amount(outcome.total(item.column), item.unit)} of {noun(item)}"
        for item in _added_up(outcome.footprints)
    ]
    return f"all regions together: {joined(told)}"


def _deed(comparison: Comparison) -> str:
    """What becomes of the largest burdens: "takes 30% off the water of the region ..."."""
    moves = worst_moves(comparison)
    both = carriers(comparison.before), carriers(comparison.after)
    who = carriers_words(*both)
    falls, rises, same = ([move for move in moves if move.direction == way] for way in (-1, 1, 0))
    if len(falls) == len(moves):
        return f"takes {_parts(falls, ' off the ')} of {before_words(*both)}"
    if falls:
        more = f" but adds {_parts(rises, ' to its ')}" if rises else ""
        return f"takes {_parts(falls, ' off the ')} of {who}{more}{_kept(same)}"
    if rises:
        return f"adds {_parts(rises, ' to the ')} of {who}{_kept(same)}"
    return f"leaves {who} with {joined([f'as much {move.noun}' for move in same])}"


def _kept(same: Sequence[Move]) -> str:
    return f" and leaves it as much {joined([move.noun for move in same])}" if same else ""


def _parts(moves: Sequence[Move], link: str) -> str:
    """ "30% of the water and 35% of the carbon"; "20% of the water and carbon" where alike.

    Of more than two the least and the most: "20% to 56% of the water, carbon and health damage".
    """
    sizes = list(dict.fromkeys(move.size for move in sorted(moves, key=lambda move: move.share)))
    if len(sizes) == 1 or (len(moves) > FEW and all(move.share for move in moves)):
        span = sizes[0] if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
        return f"{span}{link}{joined([move.noun for move in moves])}"
    return joined([f"{move.size}{link}{move.noun}" for move in moves])


def _cost(comparison: Comparison) -> str:
    """ "15.4% higher cost than under the cheapest plan"."""
    before, after = comparison.before.cost_usd, comparison.after.cost_usd
    name = baseline_name(comparison)
    if unchanged(before, after):
        return f"the same cost as under {name}"
    size = more_or_less(before, after, "usd").rpartition(" ")[0]
    word = "higher" if after > before else "lower"
    return f"{size} {word} cost than under {name}"


def _above_cheapest(comparison: Comparison) -> str:
    """How far above the cheapest plan, where a limit on cost has had that computed."""
    known = [use for use in comparison.after.limits if use.field == "cost_increase_limit"]
    if not known or comparison.before.scenario.policy == "cost":
        return ""
    above = 100 * known[0].needed
    if above < SAME_PERCENT:
        return "no plan under the same rules costs less"
    same = same_changes(comparison.after.scenario)
    return (
        f"against the cheapest plan{same} under the same rules the cost is {rounded(above)} higher"
    )


def _total_clause(comparison: Comparison) -> str:
    """What becomes of the totals, which may rise where the largest burden falls."""
    moves = totals(comparison, _added_up(comparison.after.footprints))
    told = [(move, _more_or_less(move)) for move in moves if move.direction]
    told += [(move, f"as much {move.noun}") for move in moves if not move.direction]
    done, last = [], ""
    for move, words in told:
        does = plural_verb(move.footprint)
        done.append(words if does == last else f"{does} {words}")
        last = does
    return f"all regions together {joined(done)}"


def _more_or_less(move: Move) -> str:
    return f"{move.size} {'more' if move.direction > 0 else 'less'} {move.noun}"


def losers_clause(comparison: Comparison) -> str:
    """How many regions carry more, and where most is added, how much of what."""
    losers, (one, many) = comparison.regions_worse, region_noun(comparison.after.dataset_id)
    if losers == 0:
        return f"no {one} carries more"
    count = len(comparison.regions)
    of = f"{losers} of {counted(count, one)}" if count == 1 else f"{losers} of {count} {many}"
    does = "carries more:" if losers == 1 else "carry more,"
    return f"{of} {does} {largest_increase(comparison)}"


def new_site_sentences(comparison: Comparison) -> tuple[str, ...]:
    """What the hypothetical site carries, which stands apart from winners and losers."""
    rows = np.flatnonzero(comparison.is_new)
    return tuple(_new_site_sentence(comparison, int(row)) for row in rows)


def _new_site_sentence(comparison: Comparison, row: int) -> str:
    site = comparison.sites[row]
    name = comparison.after.site_names[site]
    told = []
    for item in comparison.after.footprints:
        before, after = (
            amount(float(comparison.by_column[f"{item.column}_{part}"][row]), item.unit)
            for part in ("before", "after")
        )
        there = "" if comparison.is_added(site) else f" ({before} under the {BASELINE})"
        told.append(f"{verb(item)} {after} of {noun(item)}{there}")
    return f"The {name[0].lower()}{name[1:]} {joined(told)}."
