"""The terms of the page: each in one plain sentence, with an example from a present result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equity_core.inputs.catalogue import year_of_siting
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.scenario.parameters import BY_NAME
from equity_core.text.nouns import noun, region_noun, verb
from equity_core.text.numbers import amount, number, rounded_change
from equity_core.text.opening.headline import losers_clause
from equity_core.text.opening.who import carriers, named
from equity_core.text.plan_names import BASELINE, baseline_name


@dataclass(frozen=True)
class Term:
    """A word of the page; `example` is "" where the present result gives none.

    `spoken` are the ways in which sentences say it, the one that is looked for first, first.
    """

    key: str
    word: str
    meaning: str
    example: str = ""
    spoken: Sequence[str] = ()

    @property
    def told(self) -> str:
        """Meaning and example."""
        return f"{self.meaning} {self.example}".strip()


def glossary(comparison: Comparison) -> tuple[Term, ...]:
    """Every term, in the order in which a reader meets them."""
    return (*_of_the_result(comparison), *_of_the_policy(comparison), *_TIMELESS)


def _of_the_result(comparison: Comparison) -> tuple[Term, ...]:
    before, after = comparison.before, comparison.after
    item, name = after.footprints[0], baseline_name(comparison)
    most, total = (amount(at(item.column), item.unit) for at in (after.worst, after.total))
    who, what = named(carriers(after)[0]), noun(item)
    was = amount(before.worst(item.column), item.unit)
    one, many = region_noun(after.dataset_id)
    return (
        Term(
            "worst_region",
            "Worst region",
            "The region that carries most of a footprint over the period.",
            f"Of {what}: {_each(before, was)} under {name}, {_each(after, most)} in this plan.",
            ("the region that carries most", "Worst region", "worst region"),
        ),
        Term(
            "baseline",
            "Baseline",
            "The plan that every change is measured against, chosen under Compared with.",
            f"Here {name}{_siting(comparison)}; against it electricity cost changes by: "
            f"{rounded_change(comparison.cost_change_pct)}.",
            (name, BASELINE),
        ),
        Term(
            "burden",
            "Burden",
            "What a region takes upon itself by serving load over the whole period: its water, "
            "carbon and whatever else the data set counts.",
            f"Here {who} {verb(item)} {most} of {what}, and all regions together {total}.",
            ("burdens", "burden"),
        ),
        Term(
            "worse_off",
            "Worse off",
            f"A {one} is worse off where any of its footprints is larger than under the baseline, "
            "however much the others fall.",
            f"Here {losers_clause(comparison)}.",
            ("carry more", "carries more", "worse off"),
        ),
        Term(
            "peak_to_average",
            "Peak-to-average (PAR)",
            f"The worst region's footprint over the mean of all {many}: 1 when all carry the same.",
            f"Of {what} here: {number(after.par(item.column))}.",
            ("peak-to-average", "PAR"),
        ),
    )


def _each(outcome: Outcome, amount_told: str) -> str:
    """ "Texas with 2,610 m³", "Virginia and Nevada with 1,820 m³ each"."""
    who = carriers(outcome)[0]
    return f"{named(who)} with {amount_told}{' each' if len(who) > 1 else ''}"


def _siting(comparison: Comparison) -> str:
    """What the siting of a year is."""
    before = comparison.before.scenario
    if before.policy != "nearest" or not year_of_siting(before.dataset):
        return ""
    return f" (each {region_noun(before.dataset)[0]} serves the load estimated as its own)"


def _of_the_policy(comparison: Comparison) -> tuple[Term, ...]:
    scenario = comparison.after.scenario
    item, weight = comparison.after.footprints[0], amount(scenario.water_weight, "usd")
    reach = BY_NAME["reach"].choice_labels[scenario.allowed_reach]
    return (
        Term(
            "fairness_weight",
            "Fairness weight",
            "How many dollars one unit less at the worst region counts for; a weight, not a price.",
            f"Here {weight} for a unit of {noun(item)}.",
            ("fairness weights", "fairness weight"),
        ),
        Term(
            "reach",
            "Reach",
            "Which regions may serve the load that arises in another one.",
            f"Here: {reach[0].lower()}{reach[1:]}.",
        ),
        Term(
            "lens",
            "Lens",
            "How much a unit counts in one region beside another, for example by water stress.",
            f"Here: {BY_NAME['lens'].choice_labels[scenario.lens].lower()}.",
            ("every lens", "lenses", "lens"),
        ),
        Term(
            "measure",
            "Measure",
            "What makes one figure of all regions' burdens, so that plans can be called more or "
            "less fair.",
            f"Here: {BY_NAME['measure'].choice_labels[scenario.measure].lower()}.",
        ),
    )


KNEE = Term(
    "knee",
    "Knee",
    "The point of the frontier beyond which a further step in fairness costs much more: "
    "the one farthest below the straight line between its ends.",
    spoken=("the knee", "knee"),
)
_TIMELESS = (
    KNEE,
    Term(
        "average_and_marginal",
        "Carbon, average and marginal",
        "Average: what the grid emits, shared among all it serves. Marginal: what the power "
        "stations emit that answer to one MWh more.",
        spoken=("marginal carbon", "average accounting"),
    ),
    Term(
        "weighted_burden",
        "Weighted burden",
        "What a fair plan makes small besides cost: the water and carbon of the region that "
        "carries most, each unit counted at its fairness weight in dollars, which nobody pays.",
        spoken=("weighted burden",),
    ),
    Term(
        "circles",
        "Circles on the map",
        "Each stands where a region's data centres are taken to be; its colour says what the "
        "legend says, as does the region's area.",
    ),
    Term(
        "binds",
        "What holds a plan back",
        "A region holds the plan back (its burden binds) where the plan would be better if a "
        "little of that burden did not count.",
        spoken=("holds the plan back",),
    ),
    Term(
        "draw",
        "Draw",
        "One way in which prices, water, carbon or demand may turn out: each region's figures "
        "times factors drawn by chance, the same for the same seed.",
    ),
    Term(
        "regret",
        "Regret",
        "By how much a plan made beforehand ends above the best plan for the figures as they "
        "turned out, in what is minimised.",
        spoken=("Its regret",),
    ),
    Term(
        "certificate",
        "Certificate",
        "A bound that no plan can beat, computed with every answer: it shows how far the plan "
        "can be from the best one.",
        spoken=("Exact within",),
    ),
)


def spoken_in(sentence: str, terms: Sequence[Term]) -> dict[str, Term]:
    """The words of `sentence` that mean a term, each term by the first of its ways that occurs.

    Longer words go first: "weighted burden" is not told as a burden.
    """
    said = [
        (words, term)
        for term in terms
        if (words := next((way for way in term.spoken if way in sentence), None))
    ]
    found: dict[str, Term] = {}
    for words, term in sorted(said, key=lambda pair: -len(pair[0])):
        if not any(words in other for other in found):
            found[words] = term
    return found
