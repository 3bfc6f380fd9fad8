"""What not knowing the future costs: a replay in words, as one JSON object and as tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from equity_core.answers.answer import Answer
from equity_core.answers.beside_a_plan import BesideAPlan
from equity_core.answers.making import Making
from equity_core.export.csv import neutralised
from equity_core.export.origin import FORESIGHT
from equity_core.inputs.dataset import Dataset
from equity_core.online.film import Film
from equity_core.online.forecasts import ADVERSARY
from equity_core.online.replay import Replay
from equity_core.outcome.provenance import provenance
from equity_core.scenario.link import LOCAL_ADDRESS
from equity_core.text.certificate import objective_unit
from equity_core.text.nouns import noun
from equity_core.text.numbers import amount, rounded
from equity_core.text.opening.setting import setting
from equity_core.text.slack import not_paid

NAMES = {
    "weights": "exponential weights on the burdens so far",
    "mirror_descent": "dual mirror descent as published",
    "forecast": "planning anew each day",
    "blend": "a forecast followed as far as the guarantee allows",
}

FORECASTS_TOLD = {
    "perfect": "Perfect: what will come",
    "yesterday": "Yesterday's same hour",
    "last_week": "Last week's same hour",
    "all_past": "All past hours",
    "monthly_means": "Means of month and hour (of this very period: flatters)",
    "noisy": "Right but for noise",
    "biased": "Wrong for good: each region off by its own share",
    "reversed": "Time reversed",
    "permuted": "Regions mixed up",
    "adversary": "Adversary: all weight on the least loaded region",
}
"""Forecasts as readers choose them."""

QUICK_OF_A_PLAN = ("scenario.json", "regions.csv", "regions.geojson", "hours.csv")
"""What any plan has and what is written with the rest; pictures are drawn one by one."""

NOTHING = 1e-6
"""A share of the objective that readers need not be told."""


@dataclass(frozen=True)
class Foresight(BesideAPlan):
    """A replay as users take it away."""

    dataset: Dataset
    replay: Replay
    address: str = LOCAL_ADDRESS

    def summary(self) -> str:
        """The verdict, the guarantee, and figures beside those of the whole period known."""
        outcome = self.replay.outcome
        on = f" on the forecast {self.replay.forecast!r}" if self.replay.forecast else ""
        lines = (
            verdict(self.replay),
            *guarantee(self.replay),
            *how_it_waits(self.replay),
            "",
            f"Hour by hour: {NAMES[self.replay.method]}{on}.",
            *self._figures(),
            "",
            f"Fingerprint {outcome.fingerprint}, data set {outcome.dataset_id}.",
        )
        return "\n".join(lines)

    def json(self) -> str:
        """The object of `solve --json` with method, offline_objective, regret and bound."""
        return json.dumps(self._record, indent=2)

    @property
    def _record(self) -> dict[str, Any]:
        replay = self.replay
        return Answer(self.dataset, replay.outcome).record | {
            "method": replay.method,
            "offline_objective": replay.offline.objective,
            "regret": replay.regret,
            "bound": replay.bound,
        }

    def files(self) -> dict[str, bytes]:
        """The scenario, how it was played, a row an hour (and site), and what any plan has."""
        return {name: self.file(name) for name in (*self._own, *QUICK_OF_A_PLAN)}

    @property
    def _own(self) -> dict[str, Callable[[], str]]:
        """Name -> maker of what only a replay has."""
        return {
            "foresight-hours.csv": lambda: self._csv(self.by_hour()),
            "foresight-sites.csv": lambda: self._csv(self.by_site()),
            FORESIGHT: self._how,
        }

    def _csv(self, table: pd.DataFrame) -> str:
        """The table, its origin on every row."""
        text: str = table.assign(**provenance(self.replay.outcome)).to_csv(index=False)
        return text

    def _how(self) -> str:
        """How it was played and what came of it; without the time that it took."""
        how = {"forecast": self.replay.forecast, "parameters": asdict(self.replay.parameters)}
        told = self._record | how | provenance(self.replay.outcome)
        del told["seconds"]
        return json.dumps(told, indent=2) + "\n"

    @cached_property
    def making(self) -> Making:
        """Makes the files that any plan has."""
        return Making(Answer(self.dataset, self.replay.outcome, address=self.address))

    def by_hour(self) -> pd.DataFrame:
        """One row an hour: cost of the hour, objective so far, and what the guarantee allows."""
        replay = self.replay
        columns = {
            "hour": replay.hours.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "cost_usd": replay.cost_usd,
            "objective_so_far": replay.objective,
            "offline_objective_so_far": replay.offline_objective,
            "forecast_share": replay.share,
        }
        if replay.ceiling is not None:
            columns["bound_so_far"] = replay.ceiling
        return pd.DataFrame(columns)

    def by_site(self) -> pd.DataFrame:
        """One row an hour and site: load, burdens so far, and what a unit of each counted."""
        replay, outcome = self.replay, self.replay.outcome
        hours, sites = replay.load.shape
        columns: dict[str, Any] = {
            "hour": np.repeat(replay.hours.strftime("%Y-%m-%dT%H:%M:%SZ"), sites),
            "site": [neutralised(site) for site in outcome.burdens.index] * hours,
            "load_mw": replay.load.ravel(),
        }
        for k, footprint in enumerate(outcome.footprints):
            columns[f"{footprint.column}_so_far"] = replay.burdens[:, k].ravel()
            columns[f"{footprint.name}_dual"] = replay.duals[:, k].ravel()
        return pd.DataFrame(columns)

    def _figures(self) -> list[str]:
        """Cost and worst burdens, and in brackets what they are with the whole period known."""
        played, known = self.replay.outcome, self.replay.offline
        lines = [("Energy cost", "usd", played.cost_usd, known.cost_usd)]
        lines += [
            (f"Worst {noun(x)}", x.unit, played.worst(x.column), known.worst(x.column))
            for x in played.footprints
        ]
        width = max(20, *(len(label) + 1 for label, _, _, _ in lines))
        return [
            f"{label:<{width}}{amount(own, unit)} (whole period known: {amount(best, unit)})"
            for label, unit, own, best in lines
        ]


def headline(played: Replay | Film) -> str:
    """What not knowing the future costs, in one sentence for readers.

    "Planned hour by hour without knowing the future, simulated for 10 regions in 19 days of 2022,
    this plan costs 2% more, cost and fairness together, than with the whole period known: $636,000
    instead of $624,000 (the weights in it are paid by nobody)."
    """
    unit = objective_unit(played.outcome)
    own, best = (amount(x.objective, unit) for x in (played.outcome, played.offline))
    place = f"simulated for {setting(played.outcome)}"
    opening = f"Planned hour by hour without knowing the future, {place}, this plan"
    if played.price_of_not_knowing < NOTHING:
        return f"{opening} comes to the same as with the whole period known: {best}."
    more = rounded(100 * played.price_of_not_knowing)
    return (
        f"{opening} costs {more} more, {_what(played)}, than with the whole period known: {own} "
        f"instead of {best}{_not_paid(played)}."
    )


def _not_paid(played: Replay | Film) -> str:
    """Said beside amounts that hold weights, which could be taken for money."""
    told = not_paid(played.outcome)
    return told and f" ({told})"


def _what(played: Replay | Film) -> str:
    if objective_unit(played.outcome) != "usd" or len(played.outcome.terms) == 1:
        return "of what is minimised"
    return "cost and fairness together"


def verdict(replay: Replay) -> str:
    """The price of not knowing the future, in one sentence."""
    unit = objective_unit(replay.outcome)
    own, best = (amount(x.objective, unit) for x in (replay.outcome, replay.offline))
    if unit != "usd" or len(replay.outcome.terms) == 1:
        what = "of what is minimised"
    else:
        what = "of cost and fairness together"
    return (
        f"The price of not knowing the future: {rounded(100 * replay.price_of_not_knowing)} "
        f"{what}, {own} instead of {best}{_not_paid(replay)}."
    )


def guarantee(replay: Replay | Film) -> tuple[str, ...]:
    """What the guarantee promises and how far from it the plan ended; nothing without one."""
    if replay.bound is None or replay.distance is None:
        return ()
    unit = objective_unit(replay.outcome)
    return (
        "Whatever the forecast says, an end of no more than "
        f"{amount(replay.bound, unit)} is guaranteed; "
        f"this plan ends {amount(max(replay.distance, 0.0), unit)} below that.",
    )


EVENLY = "runs evenly over its hours"
HOW_IT_WAITS = {
    "weights": f"{EVENLY}, as nothing is expected of them",
    "mirror_descent": f"{EVENLY}, as nothing is expected of them",
    "forecast": "runs in the hours that are expected to be the cheapest, found anew every hour, "
    "and evenly as long as nothing is expected",
    "blend": f"{EVENLY}; only where it runs follows the forecast, so that the guarantee holds",
}


def how_it_waits(played: Replay | Film) -> tuple[str, ...]:
    """What is known of load that can wait, and when it runs; nothing where none does."""
    if not played.outcome.scenario.waiting_share:
        return ()
    blindly = played.method == "forecast" and played.forecast == ADVERSARY
    how = HOW_IT_WAITS["weights" if blindly else played.method]
    window = "a day (UTC)" if played.outcome.scenario.defer_window == "day" else "the period"
    return (
        f"When {window} begins, how much of its load can wait and how much room its hours have is "
        f"known; prices and intensities are not. What waits {how}.",
    )
