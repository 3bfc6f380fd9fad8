"""How good a plan provably is, and which regions bind it, from bound and duals."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Outcome
from equity_core.text.nouns import noun, region_noun
from equity_core.text.numbers import (
    amount,
    joined,
    percent,
    unit_text,
)
from equity_core.text.opening.setting import setting
from equity_core.text.plan_names import plan_name
from equity_core.text.slack import in_all, not_paid, objective_words

MOST_NAMED = 6
"""Regions that a sentence names one by one where it concerns every region."""


OF_THE_ARITHMETIC = "which is about the arithmetic, not about how sure the figures are"


def limiting_sentences(outcome: Outcome) -> tuple[str, ...]:
    """The regions that hold the plan back, from the duals: a sentence for each footprint of theirs,
    and one for all footprints that hold it back nowhere.

    A dual bounds what more room at the region would take off the objective, however much room: each
    unit saves at most so much. Where a limit on the footprint binds, a dual may be large and end
    after a litre, so what room is worth is left to `room_sentence`.
    """
    holding = {item.name: _holding(outcome, item) for item in outcome.footprints}
    free = [noun(item) for item in outcome.footprints if not holding[item.name]]
    told = [
        _limiting(outcome, item, rows)
        for item in outcome.footprints
        if (rows := holding[item.name])
    ]
    told += [f"no region's {joined(free, 'or')} holds the plan back"] if free else []
    plan = f"Simulated for {setting(outcome)} under {plan_name(outcome)}"
    return tuple(f"{plan}, {words}." for words in told)


def _holding(outcome: Outcome, footprint: Footprint) -> list[int]:
    """The rows of the regions whose burden binds, the largest dual first."""
    duals = outcome.duals[footprint.name].to_numpy()
    least = 1e-6 * max(1.0, float(duals.max()))
    return [int(row) for row in np.argsort(-duals, kind="stable") if duals[row] > least]


def _limiting(outcome: Outcome, footprint: Footprint, rows: Sequence[int]) -> str:
    duals = outcome.duals[footprint.name]
    what, every = noun(footprint), len(rows) == len(duals)
    one, many = region_noun(outcome.dataset_id)
    names = [outcome.site_names[str(duals.index[row])] for row in rows]
    if _is_limited(outcome, footprint):
        return f"a goal limits {what} in {f'every {one}' if every else joined(names)}"
    unit, counted = objective_words(outcome)
    whole = f"{counted} ({in_all(outcome)})"
    worth = [amount(float(duals.iloc[row]), unit) for row in rows]
    size = unit_text(footprint.unit)
    spared = f"leaving one {size} of it uncounted would take at most"
    if len(rows) == 1:
        return f"{names[0]}'s {what} holds the plan back: {spared} {worth[0]} off {whole}"
    each = joined([f"{value} in {name}" for name, value in zip(names, worth, strict=True)])
    if every and len(rows) > MOST_NAMED:
        each = f"{worth[0]} in {names[0]}, down to {worth[-1]} in {names[-1]}"
    return f"the {what} of {len(rows)} {many} holds the plan back: {spared} {each} off {whole}"


def _is_limited(outcome: Outcome, footprint: Footprint) -> bool:
    """Whether a limit on the footprint binds; "worse_tolerance" is one on every footprint."""
    return any(
        use.worth > 0 and (footprint.name in use.field or use.field == "worse_tolerance")
        for use in outcome.limits
    )


def certificate_sentence(outcome: Outcome) -> str:
    """How far from the best possible plan this one can be at most, rounded up."""
    if not math.isfinite(outcome.gap):
        return "How far this plan may be from the best one is not known."
    size, (_, counted) = (
        amount(outcome.objective, objective_unit(outcome)),
        objective_words(outcome),
    )
    told = not_paid(outcome)
    paid = f" ({told})" if told else ""
    if outcome.foresight:
        return (
            f"Planned hour by hour without knowing what comes, simulated for {setting(outcome)}: a "
            f"plan that knew the whole period could bring {counted} at most "
            f"{percent(100 * outcome.gap)} below the {size} of {plan_name(outcome)}{paid}, "
            f"{OF_THE_ARITHMETIC}."
        )
    return (
        f"Exact within {gap_percent(outcome.gap)}, {OF_THE_ARITHMETIC}: no plan under the same "
        f"rules brings {counted}, simulated for {setting(outcome)}, more than that below the "
        f"{size} of {plan_name(outcome)}{paid}."
    )


def objective_unit(outcome: Outcome) -> str:
    """The unit of the objective: that of the one footprint a policy minimises, otherwise USD."""
    units = {footprint.name: footprint.unit for footprint in outcome.footprints}
    return units.get(outcome.scenario.policy, "usd")


def gap_percent(gap: float) -> str:
    """A relative gap as a percentage, rounded up to a power of ten and never below 1e-7%."""
    exponent = max(-7, math.ceil(math.log10(max(gap, 1e-300) * 100) - 1e-9))
    return f"{10.0**exponent:.{max(0, -exponent)}f}%"
