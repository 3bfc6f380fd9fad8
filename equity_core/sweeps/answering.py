"""A part of a sweep answered: a pure function of its questions and data, from cold.

It runs on whatever worker takes the part, and says no time, so the same part gives the same
answers anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from equity_core.answers.answer import SPREADS
from equity_core.errors import (
    EquityError,
    InfeasibleError,
    SolverError,
    SweepError,
)
from equity_core.inputs.dataset import Dataset
from equity_core.online.replay import replay
from equity_core.outcome.digits import gap_bound, settled
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.provenance import baseline_origin, provenance
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.offline import solve
from equity_core.sweeps.draws import Draws
from equity_core.sweeps.question import OFFLINE, Question
from equity_core.text.plan_names import without_baseline
from equity_core.version import __version__

Row = dict[str, Any]
"""What is found for one question, by column; what is not known is left out."""

SOLVED, INFEASIBLE, UNCERTIFIED, REFUSED, LOST = (
    "solved",
    "infeasible",
    "uncertified",
    "refused",
    "lost",
)
PRICE_OF_NOT_KNOWING = "price_of_not_knowing_pct"


@dataclass(frozen=True)
class Part:
    """Questions that one worker answers in one go.

    key      the content hash of all that the answers depend on (parts.py)
    first    the number of the first question; the others follow it
    product  the version that asks, which must be the one that answers
    """

    key: str
    first: int
    questions: tuple[Question, ...]
    draws: Draws | None
    product: str


def answer_part(part: Part, datasets: Mapping[str, Dataset]) -> list[Row]:
    """A row for each question of the part, in order; `datasets` by name.

    Raises `SweepError` where another version of the product would answer.
    """
    if part.product != __version__:
        raise SweepError(
            f"A worker runs Equity Explorer {__version__}, but {part.product} asks; install the "
            "same version on all machines."
        )
    return [answer(question, datasets[question.dataset], part.draws) for question in part.questions]


def answer(question: Question, dataset: Dataset, draws: Draws | None) -> Row:
    """The row of one question: its figures, or the sentence that says why there are none."""
    try:
        return _figures(question, dataset, draws)
    except EquityError as error:
        return {"status": _status(error), "sentence": str(error)}


def _status(error: EquityError) -> str:
    match error:
        case InfeasibleError():
            return INFEASIBLE
        case SolverError():
            return UNCERTIFIED
        case _:
            return REFUSED


def _figures(question: Question, dataset: Dataset, draws: Draws | None) -> Row:
    scenario = question.scenario(dataset, draws)
    further: Row = {}
    if question.method == OFFLINE:
        outcome = solve(scenario, dataset)
    else:
        forecast = question.get("forecast", "last_week")
        played = replay(scenario, dataset, question.method, forecast, question.parameters)
        outcome, share = played.outcome, played.price_of_not_knowing
        further = {PRICE_OF_NOT_KNOWING: float(settled(100 * share))}
    return {"status": SOLVED} | told(outcome.compare(_baseline(scenario, dataset))) | further


def _baseline(scenario: Scenario, dataset: Dataset) -> Outcome:
    try:
        return _solved(scenario.baseline_scenario(), dataset)
    except InfeasibleError as error:
        raise without_baseline(scenario, error) from error


@lru_cache(maxsize=16)
def _solved(scenario: Scenario, dataset: Dataset) -> Outcome:
    """Baselines are kept: thousands of questions are compared with the same one."""
    return solve(scenario, dataset)


def told(comparison: Comparison) -> Row:
    """Every figure of a row, to the digits that are certified."""
    after = comparison.after
    row: Row = {"objective": after.objective, "gap": gap_bound(after.gap)}
    row |= _beside(comparison, "cost_usd", "total", "cost_usd")
    for footprint in after.footprints:
        column, name = footprint.column, footprint.name
        row |= _beside(comparison, f"worst_{column}", "worst", column)
        row |= _beside(comparison, f"total_{column}", "total", column)
        row |= {f"{of}_{name}": getattr(after, of)(column) for of in SPREADS}
        row[f"worst_site_{name}"] = after.worst_site(column)
    figures = {name: _figure(value) for name, value in row.items()}
    worse = {"regions_worse": comparison.regions_worse, "worse_sites": comparison.worse_sites}
    return figures | worse | provenance(after) | baseline_origin(comparison)


def _beside(comparison: Comparison, name: str, of: str, column: str) -> Row:
    """A figure of the plan, of the baseline, and its change."""
    change = getattr(comparison, f"{of}_change_pct")(column)
    before, after = (getattr(plan, of)(column) for plan in (comparison.before, comparison.after))
    return {name: after, f"{name}_before": before, f"{name}_change_pct": change}


def _figure(value: float | str) -> float | str | None:
    """A number to the digits that are certified; None where it is none."""
    if isinstance(value, str):
        return value
    return float(settled(value)) if math.isfinite(value) else None
