"""What answers the question of a case: sentences made from the plan that was solved."""

from __future__ import annotations

from collections.abc import Sequence

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.text.fairness import gain_sentence
from equity_core.text.nouns import noun
from equity_core.text.numbers import joined, rounded
from equity_core.text.opening.setting import setting
from equity_core.text.opening.who import carrying_most
from equity_core.text.plan_names import baseline_name, plan_name

FEW = 2
"""Footprints whose shares are told one by one."""

MOST = "most"
"""The answer that is not about one footprint: who carries most of each."""


def answer_sentences(comparison: Comparison, answers: Sequence[str]) -> tuple[str, ...]:
    """The sentences that `answers` name, in that order.

    "most", or the column of a footprint of the plan ("water_m3"): where it falls and rises most.
    """
    return tuple(_answer(comparison, name) for name in answers)


def _answer(comparison: Comparison, name: str) -> str:
    if name == MOST:
        return most_sentence(comparison)
    item = next(item for item in comparison.after.footprints if item.column == name)
    return gain_sentence(comparison, item)


def most_sentence(comparison: Comparison) -> str:
    """Which regions carry most of each footprint, with their share, under both plans.

    "Simulated for 23 US states in 2023 under the fairest plan, most is carried by Virginia (24% of
    water and 21% of carbon); under the siting of 2023 by Virginia (30% of water and 26% of
    carbon)."
    """
    after, before = comparison.after, comparison.before
    told = (
        f"Simulated for {setting(after)} under {plan_name(after)}, most is carried {_most(after)}"
    )
    if after.burdens.equals(before.burdens):
        return f"{told}."
    return f"{told}; under {baseline_name(comparison)} {_most(before)}."


def _most(outcome: Outcome) -> str:
    carried: dict[tuple[str, ...], list[Footprint]] = {}
    for item in outcome.footprints:
        carried.setdefault(carrying_most(outcome, item.column), []).append(item)
    return joined([_by(outcome, names, some) for names, some in carried.items()])


def _by(outcome: Outcome, names: tuple[str, ...], footprints: Sequence[Footprint]) -> str:
    each = "each " if len(names) > 1 else ""
    return f"by {joined(list(names))} ({each}{_shares(outcome, footprints)})"


def _shares(outcome: Outcome, footprints: Sequence[Footprint]) -> str:
    """ "24% of water and 21% of carbon"; of more than two "19% to 27% of water, carbon and ..."."""
    shares = [_share(outcome, item) for item in footprints]
    if len(shares) > FEW and min(shares) > 0:
        least, most = rounded(min(shares)), rounded(max(shares))
        return f"{least} to {most} of {joined([noun(item) for item in footprints])}"
    return joined([f"{_told(_share(outcome, item))} of {noun(item)}" for item in footprints])


def _told(share: float) -> str:
    return rounded(share) if share else "none"


def _share(outcome: Outcome, item: Footprint) -> float:
    """What the worst region carries, percent of the total; 0 where there is none."""
    total = outcome.total(item.column)
    return 100 * outcome.worst(item.column) / total if total > 0 else 0.0
