"""How sure the verdict is, as users take it away: a summary, one JSON object, tables of draws."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import pandas as pd

from equity_core.answers import sureness
from equity_core.answers.answer import Answer
from equity_core.answers.beside_a_plan import BesideAPlan
from equity_core.answers.making import Making
from equity_core.answers.other_choices import choice_table, flips_sentence, usual_sentence
from equity_core.arrays import Floats
from equity_core.export.csv import neutralised
from equity_core.export.origin import ROBUSTNESS
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.byline import NOBODY, Byline
from equity_core.outcome.digits import settled
from equity_core.outcome.drawn import Drawn
from equity_core.outcome.provenance import provenance
from equity_core.robustness.choices import Choice, Loser, choices
from equity_core.robustness.draw import Baseline, Draw, Figures
from equity_core.robustness.examine import TAILS, Robustness, examine
from equity_core.robustness.ranges import GRID_AREA, Ranges
from equity_core.scenario.link import LOCAL_ADDRESS
from equity_core.scenario.scenario import Scenario
from equity_core.text.numbers import percent

CHOICES = "robustness-choices.csv"
BRIEFINGS = ("briefing.html", "briefing.pdf")
QUICK_OF_A_PLAN = ("scenario.json", "regions.csv")
"""What any plan has and what is written with the rest."""


@dataclass(frozen=True)
class Examined(BesideAPlan):
    """A scenario's plan, and what its draws come to."""

    answer: Answer
    found: Robustness
    asks_choices: bool = False

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        dataset: Dataset,
        ranges: Ranges,
        address: str = LOCAL_ADDRESS,
        watch: Callable[[], None] = lambda: None,
        asks_choices: bool = False,
        byline: Byline = NOBODY,
    ) -> Self:
        """Examine from a cold start; raises like `examine`.

        `asks_choices`: other weights, baselines, lenses and measures belong to words and files.
        """
        found = examine(scenario, dataset, ranges, watch)
        return cls.told(found, dataset, address, asks_choices, byline)

    @classmethod
    def told(
        cls,
        found: Robustness,
        dataset: Dataset,
        address: str = LOCAL_ADDRESS,
        asks_choices: bool = False,
        byline: Byline = NOBODY,
    ) -> Self:
        """What is found already, beside its plan solved from a cold start; raises like `solve`."""
        answer = Answer.to(
            found.scenario, dataset, address=address, byline=byline, drawn=drawn_of(found)
        )
        return cls(answer, found, asks_choices)

    @cached_property
    def choices(self) -> tuple[Loser, tuple[Choice, ...]]:
        """Who is worst off, and with each choice changed."""
        return choices(self.found.scenario, self.answer.dataset)

    def summary(self) -> str:
        """The verdict, both answers, what was drawn, and the fingerprint."""
        outcome = self.answer.outcome
        lines = (
            sureness.headline(self.found),
            "",
            "Does the conclusion hold? Planned anew in every draw:",
            *(f"- {line}" for line in sureness.conclusion(self.found)),
            "",
            "Does this plan hold? Kept as it is, and so is the baseline's:",
            *(f"- {line}" for line in sureness.plan_kept(self.found)),
            "",
            *self._influences(),
            *(self._choices() if self.asks_choices else ()),
            drawn_words(self.found),
            f"Fingerprint {outcome.fingerprint}, data set {outcome.dataset_id}.",
        )
        return "\n".join(lines)

    def _influences(self) -> Iterator[str]:
        if not self.found.influences:
            return
        yield "What moves the region that carries most, one figure a standard deviation off alone:"
        for row in influence_rows(self.found)[:4]:
            yield f"- {row['what']}: {row['told']}"
        yield ""

    def _choices(self) -> Iterator[str]:
        usual, tried = self.choices
        about = self.answer.dataset, self.found.site_names
        yield usual_sentence(usual, *about)
        yield flips_sentence(tried)
        yield from (
            f"- {choice}, {instead}: {who}"
            for choice, instead, who, _, flips in choice_table(tried, *about).to_numpy().tolist()
            if flips == "yes"
        )
        yield ""

    def json(self) -> str:
        """The object of `solve --json` with counts, percentiles and shares."""
        return json.dumps(self.answer.record | self._record, indent=2)

    @property
    def _record(self) -> dict[str, Any]:
        found = self.found
        return {
            "draws": len(found.draws),
            "ranges": found.ranges.to_words(),
            "verdict": sureness.headline(found),
            "infeasible_draws": {
                why: found.troubles(why) for why in sureness.TROUBLES if found.troubles(why)
            },
            "conclusion": self._figures(kept=False) | self._shares(found.worse_share, binds=True),
            "plan_kept": self._figures(kept=True)
            | {"regret_pct": _percentiles(found.regrets)}
            | {"online_regret_pct": _percentiles(found.online_regrets)}
            | {"draws_within_limits": found.limits_kept}
            | self._shares(found.kept_worse_share, binds=False),
        }

    def _figures(self, kept: bool) -> dict[str, Any]:
        found = self.found
        worst = {
            f"worst_{item.column}_change_pct": _percentiles(found.worst_changes(k, kept))
            for k, item in enumerate(found.footprints)
        }
        return {
            "cost_change_pct": _percentiles(found.cost_changes(kept)),
            **worst,
            "regions_worse": _percentiles(found.worse_counts(kept)),
        }

    def _shares(self, worse: Floats, binds: bool) -> dict[str, Any]:
        sites = list(self.found.site_names)
        told: dict[str, Any] = {"worse_off_share": _by_site(sites, worse)}
        if binds:
            told["binding_share"] = {
                item.name: _by_site(sites, self.found.binding_share[k])
                for k, item in enumerate(self.found.footprints)
            }
        return told

    def files(self, further: Sequence[str] = ()) -> dict[str, bytes]:
        """Scenario, verdict, a row a draw, a row a region, the plan's regions, and `further`."""
        own = [name for name in self._own if self.asks_choices or name != CHOICES]
        return {name: self.file(name) for name in (*own, *QUICK_OF_A_PLAN, *further)}

    @property
    def _own(self) -> dict[str, Callable[[], str]]:
        return {
            "robustness-draws.csv": lambda: self._csv(self.by_draw()),
            "robustness-factors.csv": lambda: self._csv(self.by_factor()),
            "robustness-regions.csv": lambda: self._csv(self.by_region()),
            CHOICES: lambda: self._csv(self.by_choice()),
            ROBUSTNESS: self._told,
        }

    @property
    def origin(self) -> dict[str, str]:
        """That of the plan, and how it was drawn."""
        return provenance(self.answer.outcome) | {"robustness": self.found.ranges.to_words()}

    def _csv(self, table: pd.DataFrame) -> str:
        text: str = table.assign(**self.origin).to_csv(index=False, lineterminator="\n")
        return text

    def _told(self) -> str:
        words = replace(self, asks_choices=False).summary()
        told = self._record | {"text": words} | self.origin
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"

    @cached_property
    def making(self) -> Making:
        """Makes the files that any plan has."""
        return Making(self.answer)

    def by_draw(self) -> pd.DataFrame:
        """One row a draw: the best plan's figures, the kept one's, the baseline's, regret in %."""
        columns = [item.column for item in self.found.footprints]
        rows = [_row(at, draw, columns) for at, draw in enumerate(self.found.draws, 1)]
        return pd.DataFrame(rows)

    def by_factor(self) -> pd.DataFrame:
        """One row a draw and region: what each quantity was multiplied by."""
        draws, _, sites = self.found.factors.shape
        names = [neutralised(site) for site in self.answer.dataset.site_ids]
        columns: dict[str, Any] = {
            "draw": np.repeat(np.arange(1, draws + 1), sites),
            "site": names * draws,
        }
        for q, quantity in enumerate(self.found.quantities):
            columns[f"{quantity}_factor"] = settled(self.found.factors[:, q].ravel())
        return pd.DataFrame(columns)

    def by_choice(self) -> pd.DataFrame:
        """One row a choice changed: who is worst off then, and whether that is somebody else."""
        usual, tried = self.choices
        rows = [("as_it_stands", "", usual, False)]
        rows += [(one.field, one.value, one.loser, one.flips) for one in tried]
        return pd.DataFrame(
            [
                {
                    "choice": field,
                    "value": value,
                    "worst_off_site": neutralised(loser.site),
                    "worst_off_footprint": loser.footprint,
                    "rise_pct_of_largest_before": loser.percent,
                    "flips": flips,
                }
                for field, value, loser, flips in rows
            ]
        )

    def by_region(self) -> pd.DataFrame:
        """One row a region: in which share of the draws it is worse off, and holds a plan back."""
        found = self.found
        columns: dict[str, Any] = {
            "site": [neutralised(site) for site in found.site_names],
            "region": [neutralised(name) for name in found.site_names.values()],
            "worse_off_share": found.worse_share,
            "kept_worse_off_share": found.kept_worse_share,
        }
        for k, item in enumerate(found.footprints):
            columns[f"{item.name}_binding_share"] = found.binding_share[k]
        return pd.DataFrame(columns)


def drawn_of(found: Robustness) -> Drawn:
    """What a briefing says of it."""
    return Drawn((sureness.headline(found), drawn_words(found)), found.ranges.to_words())


def drawn_words(found: Robustness) -> str:
    """What was drawn: "128 draws, seed 1; off by ...: price 20%, water 20%, carbon 10%."."""
    ranges = found.ranges
    spreads = {quantity: ranges.spread_of(quantity, "") for quantity in found.quantities}
    told = [f"{name.replace('_', ' ')} {percent(100 * x)}" for name, x in spreads.items() if x]
    own = [f"{name} {percent(100 * x)}" for name, x in ranges.spreads.items() if "." in name]
    area = "grid area" if ranges.together == GRID_AREA else "region"
    what = ", ".join([*told, *own]) or "nothing"
    return (
        f"{counted(ranges.draws, 'draw')}, seed {ranges.seed}; off by a lognormal factor of each "
        f"{area}, relative standard deviation: {what}."
    )


def influence_rows(found: Robustness) -> list[dict[str, Any]]:
    """What moves the region that carries most, as words and figures in %, for text and pictures."""
    names, rows = list(found.site_names.values()), []
    for one in found.influences:
        k = int(np.nan_to_num(np.abs(one.high - one.low)).argmax())
        first = names[one.sites[0]]
        where = first if len(one.sites) == 1 else f"{first} and {len(one.sites) - 1} more"
        low, high = float(one.low[k]), float(one.high[k])
        item = found.footprints[k]
        told = f"worst {item.label.lower()} {_end(low)} to {_end(high)}"
        rows.append(
            {
                "what": f"{one.quantity.replace('_', ' ').capitalize()}, {where}",
                "footprint": item,
                "k": k,
                "correlation": float(one.correlation[k]),
                "low": low,
                "high": high,
                "told": told,
            }
        )
    return sorted(rows, key=lambda row: -np.nan_to_num(abs(row["high"] - row["low"])))


def _end(change: float) -> str:
    """A change in %, with its sign; where a figure that far off leaves no plan, this."""
    return f"{change:+.1f}%".replace("-", "\u2212") if np.isfinite(change) else "no plan"


def _row(at: int, draw: Draw, columns: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"draw": at, "trouble": draw.trouble}
    plans = {"best": draw.best, "kept": draw.kept, "online": draw.online}
    for name, plan in plans.items():
        row |= _figures(name, plan, columns)
    row |= _totals("baseline", draw.before, columns) | _totals(
        "kept_baseline", draw.kept_before, columns
    )
    for name, regret in (("regret", draw.regret), ("online_regret", draw.online_regret)):
        row[f"{name}_pct"] = None if regret is None else float(settled(100 * regret))
    return row


def _figures(name: str, plan: Figures | None, columns: list[str]) -> dict[str, Any]:
    row = {f"{name}_objective": None if plan is None else plan.objective}
    row |= _totals(name, plan, columns)
    row[f"{name}_regions_worse"] = None if plan is None else int(plan.worse.sum())
    return row


def _totals(name: str, plan: Figures | Baseline | None, columns: list[str]) -> dict[str, Any]:
    worst = [None] * len(columns) if plan is None else plan.worst.tolist()
    cost = {f"{name}_cost_usd": None if plan is None else plan.cost_usd}
    pairs = zip(columns, worst, strict=True)
    return cost | {f"{name}_worst_{column}": value for column, value in pairs}


def _percentiles(figures: Floats) -> dict[str, float] | None:
    known = figures[np.isfinite(figures)]
    if not len(known):
        return None
    values = settled(np.percentile(known, TAILS)).tolist()
    return {f"p{at:g}": value for at, value in zip(TAILS, values, strict=True)}


def _by_site(sites: list[str], share: Floats) -> dict[str, float]:
    return dict(zip(sites, share.tolist(), strict=True))
