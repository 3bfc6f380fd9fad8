"""A solved scenario with all that is told of it: a summary, one JSON object, its frontier.

Everything is solved from a cold start, so the same scenario gives the same bytes anywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import pandas as pd

from equity_core import Pool, frontier, solve
from equity_core.errors import InfeasibleError, ScenarioError
from equity_core.export.people import people_sentences
from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import fleet_of
from equity_core.outcome.byline import NOBODY, Byline
from equity_core.outcome.digits import gap_bound, settled
from equity_core.outcome.drawn import NOT_DRAWN, Drawn
from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.provenance import provenance
from equity_core.scenario.limits import without_limits
from equity_core.scenario.link import LOCAL_ADDRESS, PROVENANCE, fingerprint, to_json
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.frontier import POINTS
from equity_core.solvers.milestones import milestones
from equity_core.solvers.offline import TOLERANCE
from equity_core.solvers.sensitivity import room_range
from equity_core.text.caveats import short_caveat
from equity_core.text.certificate import certificate_sentence
from equity_core.text.limits import Wording
from equity_core.text.load.unmovable import staying_sentences
from equity_core.text.load.waiting import NO_PLAN_AT_ONCE, waiting_sentences, worth_of_waiting
from equity_core.text.nouns import noun
from equity_core.text.numbers import amount, number, rounded_change
from equity_core.text.opening.alone import alone
from equity_core.text.opening.headline import headline_sentences
from equity_core.text.plan_names import (
    baseline_name,
    plan_of,
    without_baseline,
)
from equity_core.text.slack import goals_headline, price_sentence, room_sentence

SPREADS = {"par": "peak to average", "gini": "Gini", "jain": "Jain"}
"""Of a footprint over the regions: methods of an outcome, and what they are called."""


@dataclass(frozen=True)
class Answer:
    """A solved scenario; baseline and frontier are solved when something needs them."""

    dataset: Dataset
    outcome: Outcome
    points: int = POINTS
    address: str = LOCAL_ADDRESS
    byline: Byline = NOBODY
    drawn: Drawn = NOT_DRAWN

    @classmethod
    def to(
        cls,
        scenario: Scenario,
        dataset: Dataset,
        points: int = POINTS,
        address: str = LOCAL_ADDRESS,
        byline: Byline = NOBODY,
        drawn: Drawn = NOT_DRAWN,
    ) -> Self:
        """Solve; raises `ScenarioError`, `InfeasibleError` or `SolverError`.

        `points` is how finely a frontier would be traced, `address` where links of a briefing
        lead, `byline` who hands it over, and `drawn` what it says of how sure it is.
        """
        return cls(dataset, solve(scenario, dataset), points, address, byline, drawn)

    @cached_property
    def fleet(self) -> Dataset:
        """The data set with the scenario's new site, where it asks for one: what maps show."""
        return fleet_of(self.outcome.scenario, self.dataset)

    @cached_property
    def comparison(self) -> Comparison:
        """The outcome against its baseline; raises `InfeasibleError` where that has no plan."""
        scenario = self.outcome.scenario
        try:
            return self.outcome.compare(solve(scenario.baseline_scenario(), self.dataset))
        except InfeasibleError as error:
            raise without_baseline(scenario, error) from error

    @cached_property
    def frontier(self) -> pd.DataFrame | None:
        """What fairness costs around this scenario; None where it weighs nothing.

        Raises like `solve`.
        """
        try:
            return frontier(self.outcome.scenario, self.dataset, self.points, tolerance=TOLERANCE)
        except ScenarioError:
            return None

    @cached_property
    def milestones(self) -> Milestones | None:
        """What parts of the possible improvement cost; None where the scenario weighs nothing.

        Raises like `solve`.
        """
        try:
            return milestones(self.outcome.scenario, self.dataset)
        except ScenarioError:
            return None

    @cached_property
    def without_goals(self) -> Outcome:
        """The plan of the same policy without any goal; raises like `solve`."""
        return solve(without_limits(self.outcome.scenario), self.dataset)

    @cached_property
    def worth_of_waiting(self) -> tuple[str, ...]:
        """What changes against the same plan where nothing waits, both knowing the whole period."""
        scenario = self.outcome.scenario
        if not scenario.waiting_share or self.outcome.foresight:
            return ()
        try:
            at_once = solve(scenario.replace(deferrable_share=0.0), self.dataset)
        except InfeasibleError:
            return (NO_PLAN_AT_ONCE,)
        return (worth_of_waiting(self.outcome.compare(at_once)),)

    def summary(self) -> str:
        """Headline, figures with units and change, goals, certificate and fingerprint."""
        outcome, comparison = self.outcome, self.comparison
        worse = f"{comparison.regions_worse} of {len(comparison.regions)}"
        first, *beside = headline_sentences(comparison)
        lines = (
            alone(first, comparison),
            *beside,
            *staying_sentences(outcome, self.dataset),
            *waiting_sentences(outcome, self.dataset),
            *self.worth_of_waiting,
            short_caveat(outcome, self.dataset),
            "",
            *_aligned(
                [
                    ("Baseline", baseline_name(comparison)),
                    ("Energy cost", _figure(outcome.cost_usd, "usd", comparison.cost_change_pct)),
                    *_footprint_figures(comparison),
                    ("Regions worse off", worse),
                ]
            ),
            *self._goals(),
            *_apart(people_sentences(comparison, self.dataset)),
            "",
            certificate_sentence(outcome),
            f"Fingerprint {outcome.fingerprint}, data set {outcome.dataset_id}.",
        )
        return "\n".join(lines)

    def _goals(self) -> list[str]:
        """What the plan makes of its goals, and what they cost; nothing where there are none."""
        outcome, pool = self.outcome, Pool()
        if not outcome.limits:
            return []
        scenario = outcome.scenario
        wording = Wording.of(scenario, outcome.footprints, outcome.site_names)
        price = price_sentence(outcome, self.without_goals, plan_of(scenario))
        lines = ["", goals_headline(outcome), price]
        for use in outcome.limits:
            found = room_range(outcome, self.dataset, use, pool) if use.worth > 0 else None
            lines.append(f"- {room_sentence(outcome, use, wording, found)}")
        return lines

    def json(self) -> str:
        """One JSON object; every float in full precision."""
        return json.dumps(self.record, indent=2)

    @property
    def record(self) -> dict[str, Any]:
        """The object of `json`."""
        return _record(self.outcome) | {"seconds": self.outcome.seconds}

    def result_json(self) -> str:
        """`json` with the versions instead of the seconds, and with the certificate as the bound
        that it is: the same on every machine."""
        whole = _record(self.outcome) | _certified(self.outcome) | provenance(self.outcome)
        return json.dumps(whole, indent=2) + "\n"

    def scenario_json(self) -> str:
        """The scenario as a file that also says which answer it belongs to."""
        fields = json.loads(to_json(self.outcome.scenario))
        whole = fields | {PROVENANCE: provenance(self.outcome)}
        return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def infeasible_json(scenario: Scenario, dataset: Dataset, error: InfeasibleError) -> str:
    """The object of `Answer.json` without figures, and `infeasible` saying why."""
    known = {"fingerprint": fingerprint(scenario, dataset.version), "dataset": dataset.id}
    empty = dict.fromkeys(("objective", "lower_bound", "gap", "cost_usd"))
    why = {"sentence": str(error)} | error.details
    rest = {"burdens": {}, "seconds": None, "infeasible": why}
    return json.dumps(known | empty | rest, indent=2)


def _record(outcome: Outcome) -> dict[str, Any]:
    """What an outcome says, but for what no file holds."""
    return {
        "fingerprint": outcome.fingerprint,
        "dataset": outcome.dataset_id,
        "objective": outcome.objective,
        "lower_bound": outcome.lower_bound,
        "gap": outcome.gap,
        "cost_usd": outcome.cost_usd,
        "burdens": outcome.burdens.to_dict(orient="index"),
    }


def _certified(outcome: Outcome) -> dict[str, float]:
    """The objective to the digits that are certified, and what is certified of it at least."""
    objective, gap = float(settled(outcome.objective)), gap_bound(outcome.gap)
    lower_bound = float(settled(objective - gap * abs(objective)))
    return {"objective": objective, "lower_bound": lower_bound, "gap": gap}


def _aligned(lines: list[tuple[str, str]]) -> list[str]:
    """Label and figure of each line, the figures below one another."""
    width = max(20, *(len(label) + 1 for label, _ in lines))
    return [f"{label:<{width}}{text}" for label, text in lines]


def _footprint_figures(comparison: Comparison) -> list[tuple[str, str]]:
    outcome, lines = comparison.after, list[tuple[str, str]]()
    for footprint in outcome.footprints:
        column, name = footprint.column, noun(footprint)
        worst = outcome.worst(column)
        where = f", {outcome.site_names[outcome.worst_site(column)]}" if worst else ""
        change = comparison.worst_change_pct(column)
        lines.append((f"Worst {name}", f"{_figure(worst, footprint.unit, change)}{where}"))
        total, change = outcome.total(column), comparison.total_change_pct(column)
        lines.append((f"Total {name}", _figure(total, footprint.unit, change)))
        lines.append((f"Spread of {name}", _inequality(comparison, column)))
    return lines


def _inequality(comparison: Comparison, column: str) -> str:
    """How unequally a footprint lies on the regions, never without worst and total above it."""
    told = [
        f"{words} {number(getattr(comparison.after, measure)(column))} "
        f"(baseline {number(getattr(comparison.before, measure)(column))})"
        for measure, words in SPREADS.items()
    ]
    return ", ".join(told)


def _apart(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """A paragraph of its own; nothing where there are no sentences."""
    return ("", *sentences) if sentences else ()


def _figure(value: float, unit: str, change_pct: float) -> str:
    return f"{amount(value, unit)} ({rounded_change(change_pct)})"
