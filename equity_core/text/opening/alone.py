"""A sentence or title where it stands alone, quoted, cited or posted: simulated, where and when."""

from __future__ import annotations

from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.scenario.scenario import NEW_SITE
from equity_core.text.nouns import places
from equity_core.text.opening.headline import headline
from equity_core.text.plan_names import baseline_name

FAIRNESS = "cost of fairness in the region that carries most"
"""What the frontier shows."""


def quotable(comparison: Comparison) -> str:
    """The headline for those who quote it."""
    return alone(headline(comparison), comparison)


def alone(sentence: str, comparison: Comparison) -> str:
    """The sentence with what it rests on before it.

    "Simulated for AI data centres in 10 regions, 2022: the equity plan takes ..."
    """
    place = f"Simulated for {where(comparison.after)}, {years(comparison.after)}"
    return f"{place}: {sentence[0].lower()}{sentence[1:]}"


def picture_title(what: str, comparison: Comparison) -> str:
    """The title of a picture, without numbers: simulated, what, against what and when.

    "Simulated carbon by region against today's siting, 2023".
    """
    return f"Simulated {what} against {baseline_name(comparison)}, {years(comparison.after)}"


def placed(title: str, outcome: Outcome) -> str:
    """A title of a picture that is seen alone: where it is, too."""
    return f"{title}: {where(outcome)}"


def where(outcome: Outcome) -> str:
    """ "AI data centres in 23 US states"; a hypothetical site is none of them."""
    regions = [site for site in outcome.site_names if site != NEW_SITE]
    return f"AI data centres in {places(outcome.dataset_id, len(regions))}"


def basis(comparison: Comparison) -> str:
    """What a change rests on: "simulated for 2023, against today's siting"."""
    return f"simulated for {years(comparison.after)}, against {baseline_name(comparison)}"


def years(outcome: Outcome) -> str:
    """ "2023", or "2022-2023" where a period goes beyond one year."""
    first, last = outcome.hours[0], outcome.hours[-1]
    return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
