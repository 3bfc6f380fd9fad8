"""The terms of the page: each in one plain sentence, with an example from a present result."""

from __future__ import annotations

from dataclasses import dataclass

from equity_core.outcome.outcome import Comparison
from equity_core.text.nouns import noun
from equity_core.text.numbers import amount, percent_change
from equity_core.text.opening.who import carriers, named
from equity_core.text.plan_names import baseline_name


@dataclass(frozen=True)
class Term:
    """A word of the page; `example` is "" where the present result gives none."""

    word: str
    meaning: str
    example: str = ""


def glossary(comparison: Comparison) -> tuple[Term, ...]:
    """Every term, in the order in which a reader meets them."""
    after = comparison.after
    item = after.footprints[0]
    scenario = after.scenario
    most = amount(after.worst(item.column), item.unit)
    who = named(carriers(after)[0])
    return (
        Term(
            "Worst region",
            "The region that carries most of a footprint over the period.",
            f"Of {noun(item)} here: {who}, {most}.",
        ),
        Term(
            "Baseline",
            "The plan that every change is measured against.",
            f"Here {baseline_name(comparison)}; against it electricity cost changes by: "
            f"{percent_change(comparison.cost_change_pct)}.",
        ),
        Term(
            "Fairness weight",
            "How many dollars one unit less at the worst region counts for; a weight, not a price.",
            f"Here {amount(scenario.water_weight, 'usd')} for a cubic metre of water.",
        ),
        Term(
            "Reach",
            "Which regions may serve the load that arises in another one.",
            f"Here: {scenario.allowed_reach}.",
        ),
        Term(
            "Lens",
            "How much a unit counts in one region beside another, for example by water stress.",
            f"Here: {scenario.lens.replace('_', ' ')}.",
        ),
        Term(
            "Knee",
            "The point of the frontier beyond which a further step in fairness costs much more: "
            "the one farthest below the straight line between its ends.",
        ),
        Term(
            "Carbon, average and marginal",
            "Average: what the grid emits, shared among all it serves. Marginal: what the power "
            "stations emit that answer to one MWh more.",
        ),
        Term(
            "Circles on the map",
            "Each stands where a region's data centres are taken to be; its colour says what the "
            "legend says, as does the region's area.",
        ),
        Term(
            "Certificate",
            "A bound that no plan can beat, computed with every answer: it shows how far the plan "
            "can be from the best one.",
        ),
    )
