"""How good a plan provably is, and which regions bind it, from bound and duals."""

from __future__ import annotations

import math

import numpy as np

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Outcome
from equity_core.text.nouns import noun
from equity_core.text.numbers import (
    amount,
    joined,
    percent,
    unit_text,
)
from equity_core.text.slack import objective_words

MOST_NAMED = 6
"""Regions that a sentence names one by one where it concerns every region."""


def limiting_sentences(outcome: Outcome) -> tuple[str, ...]:
    """One sentence a footprint: the regions that limit fairness, from the duals.

    A dual bounds what more room at the region would take off the objective, however much room: each
    unit saves at most so much. Where a limit on the footprint binds, a dual may be large and end
    after a litre, so what room is worth is left to `room_sentence`.
    """
    return tuple(_limiting_sentence(outcome, footprint) for footprint in outcome.footprints)


def _limiting_sentence(outcome: Outcome, footprint: Footprint) -> str:
    duals = outcome.duals[footprint.name].to_numpy()
    what, unit = noun(footprint), unit_text(footprint.unit)
    least = 1e-6 * max(1.0, float(duals.max()))
    binding = [row for row in np.argsort(-duals, kind="stable") if duals[row] > least]
    if not binding:
        return f"No region's {what} limits this plan: more room for it would save nothing."
    names = [outcome.site_names[str(outcome.duals.index[row])] for row in binding]
    if _is_limited(outcome, footprint):
        where = joined(names) if len(names) < len(duals) else "every region"
        return f"{footprint.label} is limited by a goal in {where}."
    objective, counted = objective_words(outcome)
    worth = [amount(float(duals[row]), objective) for row in binding]
    saves = f"each {unit} of room there would lower {counted} by at most"
    if len(names) == 1:
        return f"{names[0]}'s {what} is what binds: {saves} {worth[0]}."
    rooms = joined([f"{value} in {name}" for name, value in zip(names, worth, strict=True)])
    if len(names) == len(duals) > MOST_NAMED:
        rooms = f"{worth[0]} in {names[0]}, down to {worth[-1]} in {names[-1]}"
    return f"{footprint.label} binds in {len(names)} regions: {saves} {rooms}."


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
    objective = amount(outcome.objective, objective_unit(outcome))
    if outcome.foresight:
        return (
            "Planned hour by hour without knowing what comes: by at most "
            f"{percent(100 * outcome.gap)} could a plan that knew the whole period improve on this "
            f"one's objective of {objective}."
        )
    return (
        f"Optimal within {gap_percent(outcome.gap)}: no plan that obeys the same rules can "
        f"improve on this one's objective of {objective} by more than that."
    )


def objective_unit(outcome: Outcome) -> str:
    """The unit of the objective: that of the one footprint a policy minimises, otherwise USD."""
    units = {footprint.name: footprint.unit for footprint in outcome.footprints}
    return units.get(outcome.scenario.policy, "usd")


def gap_percent(gap: float) -> str:
    """A relative gap as a percentage, rounded up to a power of ten and never below 1e-7%."""
    exponent = max(-7, math.ceil(math.log10(max(gap, 1e-300) * 100) - 1e-9))
    return f"{10.0**exponent:.{max(0, -exponent)}f}%"
