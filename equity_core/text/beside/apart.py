"""What of a table of scenarios cannot be compared, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from equity_core.outcome.outcome import Outcome
from equity_core.text.beside.columns import Column, baseline_words, solved
from equity_core.text.numbers import joined
from equity_core.text.scenario import period

Groups = list[tuple[object, list[str]]]
"""What columns have alike, and their letters."""


def apart_sentences(columns: Sequence[Column]) -> tuple[str, ...]:
    """A sentence for each thing that keeps columns apart; nothing where all may be compared."""
    return tuple(_apart([(column.letter, it.after) for column, it in solved(columns)]))


def _apart(plans: Sequence[tuple[str, Outcome]]) -> Iterator[str]:
    datasets = _grouped(plans, lambda plan: plan.dataset_id)
    periods = _grouped(plans, period)
    if len(datasets) > 1:
        yield (
            f"Data sets differ ({_told(datasets)}): other regions, other fleets, other years. "
            "Amounts and counts of regions cannot be compared across them, changes against each "
            "one's own baseline only with care."
        )
    elif len(periods) > 1:
        yield (
            f"Periods differ ({_told(periods)}): costs and footprints are sums over other hours "
            "and cannot be compared across them; changes against each one's own baseline can."
        )
    else:
        yield from _worlds(plans)
    yield from _baselines(plans)


def _worlds(plans: Sequence[tuple[str, Outcome]]) -> Iterator[str]:
    """Of one data set and period."""
    if len({tuple(plan.site_names) for _, plan in plans}) > 1:
        yield (
            "Not all have the same sites: a site that is new in one is nowhere counted as better "
            "or worse off."
        )
    worlds = _grouped(plans, lambda plan: plan.scenario.world)
    if len(worlds) > 1:
        alike = joined([joined(letters) for _, letters in worlds], "against")
        yield (
            f"The worlds that they live in differ ({alike}): demand, capacity, cooling, sites or "
            "regional factors were changed, so a difference is not the plan's doing alone."
        )


def _baselines(plans: Sequence[tuple[str, Outcome]]) -> Iterator[str]:
    baselines = _grouped(plans, lambda plan: baseline_words(plan.scenario))
    if len(baselines) > 1:
        yield (
            f"Baselines differ ({_told(baselines)}): a change against the own baseline says in "
            "each column something else."
        )


def _grouped(plans: Sequence[tuple[str, Outcome]], alike: Callable[[Outcome], object]) -> Groups:
    """The columns by what they have alike, in their order."""
    groups: list[tuple[object, list[str]]] = []
    for letter, plan in plans:
        known = next((letters for kept, letters in groups if kept == alike(plan)), None)
        if known is None:
            groups.append((alike(plan), [letter]))
        else:
            known.append(letter)
    return groups


def _told(groups: Groups) -> str:
    return "; ".join(f"{joined(letters)}: {words}" for words, letters in groups)
