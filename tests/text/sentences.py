"""Every sentence that the words of this room can make, from plans that were solved.

    python -m tests.text.sentences        writes them to sentences.txt, to be read

One line a branch, under the name of the function that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from equity_core import Pool, Scenario, SiteFactors, frontier, load_dataset, solve
from equity_core.errors import InfeasibleError
from equity_core.export.people import people_sentences
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.scenario.presets import CASES
from equity_core.solvers.apart import planned_apart
from equity_core.solvers.milestones import milestones
from equity_core.solvers.sensitivity import room_range
from equity_core.text.accounting import accounting_clause
from equity_core.text.beside.apart import apart_sentences
from equity_core.text.beside.columns import LETTERS, Column
from equity_core.text.case import answer_sentences
from equity_core.text.caveats import fleet_caveat, fleet_words, long_caveats, short_caveat
from equity_core.text.certificate import certificate_sentence, limiting_sentences
from equity_core.text.fairness import (
    gain_sentence,
    gain_sentences,
    lens_sentence,
    measure_sentence,
    measure_words,
)
from equity_core.text.headings import records
from equity_core.text.limits import Wording
from equity_core.text.load.unmovable import staying_sentences
from equity_core.text.load.waiting import apart_sentence, waiting_sentences, worth_of_waiting
from equity_core.text.narrative import (
    bars_summary,
    frontier_summary,
    map_summary,
    milestones_sentence,
)
from equity_core.text.nouns import noun, verb
from equity_core.text.opening.headline import headline, small_sentences
from equity_core.text.opening.purpose import purpose
from equity_core.text.slack import (
    clash_sentence,
    goals_headline,
    objective_words,
    one_price_sentence,
    price_sentence,
    room_sentence,
)
from tests.small import enriched, small_dataset

PLACE = Path(__file__).with_name("sentences.txt")
PAPER = load_dataset("paper-2022")
STATES = load_dataset("us-2023")
NAMES = PAPER.site_names
SMALL = enriched(
    small_dataset(
        price=[[1, 1], [5, 5]], water=[[1, 1], [2, 2]], carbon=[[1, 1]] * 2, capacity=[2, 2],
        demand=[[2, 2]], sites=["north", "south"],
    ),
    health=[[3, 3], [1, 1]],
)  # fmt: skip
HOMES = replace(
    SMALL, sites=SMALL.sites.assign(households=[4.0, 1.0], ai_usage_share_pct=[np.nan, 3.0])
)
GOALS = Wording(PAPER.footprints, NAMES, "the cheapest plan")


@dataclass(frozen=True)
class Said:
    """One sentence, and the function and branch that made it."""

    function: Callable[..., object]
    branch: str
    text: str


@cache
def solved(scenario: Scenario) -> Outcome:
    known = {"small": SMALL, "us-2023": STATES}
    return solve(scenario, known.get(scenario.dataset, PAPER))


def plan(**fields: object) -> Outcome:
    """A plan of the paper's case, or of the small one."""
    return solved(Scenario(**fields))


def against(baseline: str = "cost", **fields: object) -> Comparison:
    """A plan beside its baseline."""
    scenario = Scenario(baseline=baseline, **fields)
    return solved(scenario).compare(solved(scenario.baseline_scenario()))


def altered(outcome: Outcome, site: str | None = None, **factors: float) -> Outcome:
    """The outcome with columns of its burdens scaled, at one site or everywhere."""
    burdens = outcome.burdens.copy()
    for column, factor in factors.items():
        burdens.loc[slice(None) if site is None else site, column] *= factor
    return replace(outcome, burdens=burdens)


def every_sentence() -> Iterator[Said]:
    """All of them, in the order of the modules."""
    for part in (_headlines, _subjects, _accountings, _cases, _limiting, _proofs, _maps,
                 _curves, _gains,
                 _measures, _lenses, _people, _waits, _goals, _rooms, _prices, _clashes, _caveats,
                 _nouns, _purposes, _besides):  # fmt: skip
        yield from part()


def _besides() -> Iterator[Said]:
    """What of several scenarios cannot be compared."""
    tables = {
        "data sets": (against(), against(dataset="small", policy="cost")),
        "periods": (against(), against(start="2022-10-01")),
        "worlds": (against(), against(capacity_growth=0.1)),
        "sites": (against(), against(new_site_like="denmark")),
        "baselines": (against(), against(baseline="nearest")),
    }
    for branch, plans in tables.items():
        columns = [
            Column(letter, "", "", it.after.scenario, it)
            for letter, it in zip(LETTERS, plans, strict=False)
        ]
        for text in apart_sentences(columns):
            yield Said(apart_sentences, branch, text)


def _headlines() -> Iterator[Said]:
    cheapest = plan(policy="cost")
    pairs = {
        "more cost, less of both": against(),
        "one falls, one rises": against(policy="water"),
        "less cost": against(baseline="nearest"),
        "the baseline itself": against(policy="cost"),
        "equal to the baseline": against(water_weight=0.0, carbon_weight=0.0),
        "the same cost, one region": altered(cheapest, "denmark", carbon_t=1.01).compare(cheapest),
        "one unchanged": altered(cheapest, water_m3=0.9, cost_usd=0.95).compare(cheapest),
        "a baseline without cost": plan().compare(altered(cheapest, cost_usd=0.0)),
        "under a lens": against(lens="population"),
        "three footprints": against(
            dataset="small", policy="fairest", further={"health": {"weight": 5.0}}
        ),
        "three footprints, equal": against(dataset="small", policy="cost"),
        "another world": against(capacity_growth=0.1),
        "a new site": against(new_site_like="denmark"),
        "a new site in both": against(new_site_like="denmark", baseline_world="as_set"),
    }
    for branch, pair in pairs.items():
        yield Said(headline, branch, headline(pair))


def _accountings() -> Iterator[Said]:
    today = plan(dataset="us-2023", policy="nearest", end="2023-01-08T00:00Z")
    marginal = altered(today, marginal_carbon_t=1.05, carbon_t=0.964)
    emptied = altered(today, carbon_t=0.0)
    for branch, pair in {
        "opposite": marginal.compare(today),
        "unchanged": today.compare(today),
        "from nothing": today.compare(emptied),
        "one carbon": against(),
    }.items():
        yield Said(accounting_clause, branch, accounting_clause(pair))
    week = {"dataset": "us-2023", "policy": "carbon", "end": "2023-01-08T00:00Z"}
    for accounting in ("average", "marginal"):
        pair = against(baseline="nearest", carbon_accounting=accounting, **week)
        yield Said(headline, f"least {accounting} carbon", headline(pair))
    pair = against(baseline="carbon", carbon_accounting="marginal", **week)
    yield Said(headline, "least marginal carbon itself", headline(pair))


def _cases() -> Iterator[Said]:
    for case in CASES:
        scenario = case.scenario
        pair = solved(scenario).compare(solved(scenario.baseline_scenario()))
        yield Said(headline, case.label, headline(pair))
        yield Said(small_sentences, case.label, " ".join(small_sentences(pair)))
        for text in answer_sentences(pair, case.answers):
            yield Said(answer_sentences, case.label, text)


def _limiting() -> Iterator[Said]:
    ramp = plan().duals * 0 + np.arange(1.0, 11.0)[:, None]
    plans = {
        "several regions": plan(),
        "one region": plan(reach="partial", carbon_weight=0.0, water_weight=1.0),
        "no region": plan(policy="cost"),
        "more than are named": replace(plan(), duals=ramp),
        "a goal limits some": plan(policy="cost", water_limit_m3=1900.0),
        "a goal limits all": plan(policy="cost", water_total_limit_m3=14_000.0),
    }
    for branch, outcome in plans.items():
        for text in limiting_sentences(outcome):
            yield Said(limiting_sentences, branch, text)


def _proofs() -> Iterator[Said]:
    for branch, outcome in {
        "in USD": plan(),
        "in tonnes": plan(policy="carbon"),
        "no bound": replace(plan(), gap=float("inf")),
    }.items():
        yield Said(certificate_sentence, branch, certificate_sentence(outcome))


def _maps() -> Iterator[Said]:
    pair, still = against(), against(policy="cost")
    yield Said(map_summary, "change", map_summary(pair, "water_m3", "change"))
    yield Said(map_summary, "no change", map_summary(still, "water_m3", "change"))
    yield Said(map_summary, "burden", map_summary(pair, "carbon_t", "burden"))
    yield Said(bars_summary, "", bars_summary(pair, "water_m3"))
    added = against(new_site_like="denmark")
    yield Said(map_summary, "a new site", map_summary(added, "water_m3", "change"))
    yield Said(bars_summary, "a new site", bars_summary(added, "water_m3"))


def _curves() -> Iterator[Said]:
    plans = records(frontier(Scenario(), PAPER, points=5, tolerance=1e-9))
    yield Said(frontier_summary, "", frontier_summary(plans, plan()))
    passed = milestones(Scenario(), PAPER)
    yield Said(milestones_sentence, "", milestones_sentence(passed, plan()))
    free = Milestones(-10.0, 30.0, 60.0, 100.0)
    yield Said(milestones_sentence, "cost below 0", milestones_sentence(free, plan()))
    little = Milestones(1e5, 1e5 + 2, 1e5 + 5, 1e5 + 11)
    yield Said(milestones_sentence, "next to nothing", milestones_sentence(little, plan()))
    still = Milestones(*[plan(policy="cost").cost_usd] * 4)
    yield Said(milestones_sentence, "no improvement", milestones_sentence(still, plan()))


def _gains() -> Iterator[Said]:
    cheapest = plan(policy="cost")
    for branch, pair in {
        "both": against(),
        "falls only": altered(cheapest, water_m3=0.9).compare(cheapest),
        "from nothing": cheapest.compare(altered(cheapest, "texas", water_m3=0.0)),
        "a new site": against(new_site_like="denmark"),
    }.items():
        for text in gain_sentences(pair):
            yield Said(gain_sentences, branch, text)
    still = gain_sentence(against(policy="cost"), PAPER.footprints[0])
    yield Said(gain_sentence, "no change", still)


def _measures() -> Iterator[Said]:
    own = {"japan": SiteFactors(lens=5.0)}
    for fields in (
        {"measure": "worst_share"},
        {"measure": "lq"},
        {"lens": "income"},
        {"lens": "water_stress"},
        {"lens": "population"},
        {"lens": "own", "factors": own},
        {},
    ):
        branch = ", ".join(f"{name} {value}" for name, value in fields.items() if name != "factors")
        text = measure_sentence(against(**fields), PAPER) or "(nothing)"
        yield Said(measure_sentence, branch or "the worst region as it is", text)
    pair = against(lens="income")
    nothing = replace(pair, before=altered(pair.before, water_m3=0.0))
    yield Said(measure_sentence, "nothing before", measure_sentence(nothing, PAPER))

    homes = measure_words(Scenario(dataset="small", lens="population"), HOMES)
    yield Said(measure_words, "per household", homes)


def _people() -> Iterator[Said]:
    small = {"dataset": "small", "baseline": "nearest"}
    for branch, pair in {
        "moved": against(**small, policy="cost", factors={"north": SiteFactors(price=9.0)}),
        "nothing moved": against(**small, policy="nearest"),
    }.items():
        for text in people_sentences(pair, HOMES):
            yield Said(people_sentences, branch, text)
    half = {"dataset": "small", "policy": "cost", "movable_share": 0.5, "capacity_growth": 1.0}
    for branch, capacity in {"a moratorium": 0.0, "a lower capacity": 0.1}.items():
        stopped = plan(**half, factors={"north": SiteFactors(capacity=capacity)})
        for text in staying_sentences(stopped, SMALL):
            yield Said(staying_sentences, branch, text)


def _waits() -> Iterator[Said]:
    at_once = plan()
    assert not waiting_sentences(at_once, PAPER)
    for branch, fields in {
        "within the day": {"defer_window": "day"},
        "in the period": {"defer_window": "period"},
        "a part can move, from the nearest site": {"movable_share": 0.5, "baseline": "nearest"},
    }.items():
        waits = plan(deferrable_share=0.3, **fields)
        for text in waiting_sentences(waits, PAPER):
            yield Said(waiting_sentences, branch, text)
        yield Said(worth_of_waiting, branch, worth_of_waiting(waits.compare(at_once)))
    small = plan(dataset="small", policy="cost", deferrable_share=0.5)
    yield Said(waiting_sentences, "nothing moves", waiting_sentences(small, SMALL)[-1])
    dry = altered(small, water_m3=0.0, carbon_t=0.0, health_usd=0.0)
    yield Said(worth_of_waiting, "no footprint", worth_of_waiting(dry.compare(dry)))
    apart = planned_apart(plan(deferrable_share=0.3).scenario, PAPER)
    yield Said(apart_sentence, "", apart_sentence(plan(deferrable_share=0.3), apart))


def _lenses() -> Iterator[Said]:
    every = ("equal", "water_stress", "income", "population", "own")
    pair = plan().compare(plan(policy="cost"))
    for branch, losers in {
        "several": ("georgia", "texas"),
        "one": ("japan",),
        "none": (),
    }.items():
        yield Said(lens_sentence, branch, lens_sentence(losers, every, pair))


def _goals() -> Iterator[Said]:
    values = {
        "cost_increase_limit": 0.05,
        "water_limit_m3": 1900.0,
        "carbon_total_limit_t": 1000.0,
        "factors.texas.carbon_limit_t": 100.0,
        "worse_tolerance": 0.02,
        "further.carbon.limit": 120.0,
    }
    for field, value in values.items():
        yield Said(Wording.goal, field, GOALS.goal(field, value))
    yield Said(Wording.goal, "no tolerance", GOALS.goal("worse_tolerance", 0.0))
    yield Said(Wording.unit, "cost_increase_limit", GOALS.unit("cost_increase_limit")[0])
    capped = {"policy": "cost", "water_limit_m3": 1900.0}
    for branch, fields in {
        "no goal": {"policy": "cost"},
        "one, with room": {"policy": "cost", "water_limit_m3": 1e6},
        "one, without": capped,
        "two, one without": capped | {"cost_increase_limit": 0.2},
        "two, both without": {"water_limit_m3": 1700.0, "carbon_limit_t": 115.0},
        "three, two without": {"water_limit_m3": 1700.0, "carbon_limit_t": 115.0}
        | {"cost_increase_limit": 0.5},
    }.items():
        yield Said(goals_headline, branch, goals_headline(plan(**fields)))
    three = plan(water_limit_m3=1700.0, carbon_limit_t=115.0, cost_increase_limit=0.5)
    tight = tuple(replace(use, needed=use.asked) for use in three.limits)
    yield Said(goals_headline, "three, none with", goals_headline(replace(three, limits=tight)))


def _rooms() -> Iterator[Said]:
    capped = plan(policy="cost", water_limit_m3=1900.0, cost_increase_limit=0.2)
    tight = plan(policy="cost", water_limit_m3=1309.58)
    cost, water = capped.limits
    (steep,) = tight.limits
    (dear,) = plan(policy="fairest", cost_increase_limit=0.05).limits
    exact = replace(water, worth=0.0)
    fairest = plan(policy="fairest", cost_increase_limit=0.05)
    found = room_range(capped, PAPER, water, Pool())
    for branch, outcome, use, wide in (
        ("room", capped, cost, None),
        ("one percentage point", capped, replace(cost, needed=cost.asked - 0.010005), None),
        ("exact, worth nothing", capped, exact, None),
        ("nobody has looked", capped, water, None),
        ("a rate", capped, water, found),
        ("a rate of cost", fairest, dear, room_range(fairest, PAPER, dear, Pool())),
        ("no rate", tight, steep, room_range(tight, PAPER, steep, Pool())),
    ):
        yield Said(room_sentence, branch, room_sentence(outcome, use, GOALS, wide))
    for fields in (
        {"policy": "cost"},
        {"policy": "cost", "carbon_price": 100.0},
        {},
        {"policy": "fairest"},
        {"policy": "carbon"},
    ):
        outcome = plan(**fields)
        words = objective_words(outcome)[1]
        yield Said(objective_words, f"{outcome.scenario.policy} {len(fields)}", words)


def _prices() -> Iterator[Said]:
    dear, plain = plan(water_limit_m3=1700.0), plan()
    cheap = plan(policy="fairest", cost_increase_limit=0.05)
    for branch, outcome, without, name in (
        ("dearer", dear, plain, "the equity plan"),
        ("cheaper", cheap, plan(policy="fairest"), "the fairest plan"),
        ("the same", replace(dear, burdens=plain.burdens), plain, "the equity plan"),
        ("several", plan(water_limit_m3=1700.0, carbon_limit_t=115.0), plain, "the equity plan"),
        ("from no cost", dear, altered(plain, cost_usd=0.0), "the equity plan"),
    ):
        yield Said(price_sentence, branch, price_sentence(outcome, without, name))
    yield Said(one_price_sentence, "", one_price_sentence(dear, plain))


def _clashes() -> Iterator[Said]:
    for branch, fields in {
        "one goal": {"water_limit_m3": 1200.0},
        "one of two, even alone": {"water_limit_m3": 1200.0, "carbon_limit_t": 1000.0},
        "both, even alone": {"water_limit_m3": 1200.0, "carbon_limit_t": 50.0},
        "together only": {"water_limit_m3": 1700.0, "cost_increase_limit": 0.05},
    }.items():
        try:
            solve(Scenario(**fields), PAPER)
        except InfeasibleError as error:
            yield Said(clash_sentence, branch, clash_sentence(error.details["limits"], GOALS))
    asked = {"asked": 1700.0, "alone": 1700.0, "field": "water_limit_m3"}
    other = {"asked": 115.0, "alone": 115.0, "field": "carbon_limit_t", "possible": None}
    third = other | {"field": "factors.texas.carbon_limit_t"}
    for branch, limits in {
        "one beside another": [asked | {"possible": 1800.0}, other],
        "one beside others": [asked | {"possible": 1800.0}, other, third],
        "loosening one is not enough": [asked | {"possible": None}, other],
        "no value would do": [asked | {"possible": None}],
    }.items():
        yield Said(clash_sentence, branch, clash_sentence(limits, GOALS))


def _caveats() -> Iterator[Said]:
    outcome = plan()
    yield Said(fleet_words, "", fleet_words(outcome))
    yield Said(fleet_words, "below 1 MW", fleet_words(replace(outcome, fleet_mw=0.25)))
    yield Said(fleet_caveat, "", fleet_caveat(outcome))
    played = fleet_caveat(replace(outcome, foresight="weights"))
    yield Said(fleet_caveat, "hour by hour", played)
    yield Said(short_caveat, "", short_caveat(outcome, PAPER))
    yield Said(short_caveat, "no cards", short_caveat(outcome, replace(PAPER, cards=())))
    yield Said(short_caveat, "another data set", _world(outcome))
    states = plan(dataset="us-2023", policy="nearest", end="2023-01-08T00:00Z")
    yield Said(short_caveat, "load of a year", short_caveat(states, STATES))
    for text in long_caveats(outcome, PAPER):
        yield Said(long_caveats, "", text)


def _world(outcome: Outcome) -> str:
    data: Dataset = load_dataset("world-2023")
    return short_caveat(replace(outcome, fleet_mw=1234.5), data)


def _nouns() -> Iterator[Said]:
    for name, label in (
        ("water", "Water"),
        ("carbon", "Carbon"),
        ("marginal_carbon", "Marginal carbon"),
        ("health", "Health damage"),
        ("land", "Land"),
        ("nox", "NOx"),
        ("pm25", "PM2.5"),
        ("dust", "Fine dust"),
    ):
        item = Footprint(name, "t", label, "t/MWh")
        yield Said(verb, name, f"a region {verb(item)} 3 t of {noun(item)}")


def _purposes() -> Iterator[Said]:
    hour = slice(0, 24)
    week = replace(PAPER, hours=PAPER.hours[hour], demand=PAPER.demand[:, hour])
    turn = replace(PAPER, hours=PAPER.hours + pd.Timedelta(days=90))
    for branch, data in {
        "states as sited in a year": STATES,
        "the paper": PAPER,
        "one day": week,
        "over the turn of a year": turn,
    }.items():
        yield Said(purpose, branch, " ".join(purpose(data)))


def _subjects() -> Iterator[Said]:
    still = plan(policy="cost", movable_share=0.0).compare(plan(policy="cost"))
    yield Said(headline, "nothing moves", headline(still))
    for share in (0.1, 0.33):
        pair = against(policy="water", movable_share=share)
        yield Said(headline, f"{share:g} of the load is free", headline(pair))
    pair = against(policy="fairest", cost_increase_limit=0.05, baseline="carbon")
    yield Said(headline, "above the cheapest plan", headline(pair))
    alone = plan(policy="cost", cost_increase_limit=0.05).compare(plan(policy="carbon"))
    yield Said(headline, "as cheap as can be", headline(alone))
    cheap = plan(policy="cost")
    more = altered(cheap, "denmark", carbon_t=1.2)
    yield Said(headline, "one region more, in percent", headline(more.compare(cheap)))
    none = altered(cheap, "denmark", carbon_t=0.0)
    yield Said(headline, "one region more, from nothing", headline(cheap.compare(none)))


def listing() -> str:
    """All sentences, by function, as text."""
    lines, last = [], None
    for said in every_sentence():
        name = said.function.__qualname__
        if name != last:
            lines += ["", name]
            last = name
        lines.append(f"  [{said.branch}] {said.text}" if said.branch else f"  {said.text}")
    return "\n".join(lines[1:]) + "\n"


if __name__ == "__main__":
    PLACE.write_text(listing(), encoding="utf-8")
