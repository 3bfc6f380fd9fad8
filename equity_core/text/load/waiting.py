"""Load that can wait in words: how much, how long, and what it buys."""

from __future__ import annotations

from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.apart import Apart
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import change_pct
from equity_core.outcome.waits import Waits, waits_of
from equity_core.scenario.scenario import Scenario
from equity_core.text.numbers import amount, number, percent, rounded, rounded_change
from equity_core.text.opening.setting import setting

WINDOWS = {
    "day": "at any hour of its day (by UTC)",
    "period": "at any hour of the period",
}

NO_PLAN_AT_ONCE = (
    "Where no load waits, there is no plan to compare with: demand of some hour is beyond "
    "capacity, or a limit beyond reach."
)


def waiting_sentences(outcome: Outcome, fleet: Dataset) -> tuple[str, ...]:
    """What may wait, and how long it does; nothing where no load may."""
    waits = waits_of(outcome, fleet)
    if waits is None:
        return ()
    return (_what_may(outcome.scenario), _how_long(waits))


def _what_may(scenario: Scenario) -> str:
    some = "" if scenario.movable_share == 1 else " that can move"
    stays = "" if scenario.movable_share == 1 else "; load that cannot move does not wait either"
    baseline = "" if scenario.baseline == "nearest" else ", in the baseline as well"
    return (
        f"{percent(100 * scenario.deferrable_share)} of the load{some} can wait: it may run "
        f"{WINDOWS[scenario.defer_window]}, earlier or later, and at any site{stays}{baseline}."
    )


def _how_long(waits: Waits) -> str:
    energy = amount(float(waits.asked.sum()), "mwh")
    if not waits.moved_share:
        return f"Of this energy, {energy}, all runs in the hour where it arises."
    return (
        f"Of this energy, {energy}, at least {rounded(100 * waits.moved_share)} runs at another "
        f"hour than it arises; over all of it the mean is {number(waits.mean)} hours, 95% stay "
        f"within {_hours(waits.most)}, and the longest is {_hours(waits.longest)}."
    )


def _hours(hours: float) -> str:
    return counted(int(hours), "hour")


def worth_of_waiting(pair: Comparison) -> str:
    """What changes when load may wait: `pair` compares with the same plan where nothing waits."""
    before, after = pair.before, pair.after
    totals = [f"electricity cost {_change(pair.cost_change_pct)}"]
    totals += [
        f"{item.label.lower()} of all regions {_change(pair.total_change_pct(item.column))}"
        for item in after.footprints
    ]
    worst = [
        f"{item.label.lower()} {_change(pair.worst_change_pct(item.column))}"
        for item in after.footprints
        if before.worst(item.column)
    ]
    rises = [
        item.label.lower() for item in after.footprints if pair.worst_change_pct(item.column) > 0.01
    ]
    rests = f"simulated for {setting(after)}"
    said = f"Against the same plan where no load waits, {rests}: {'; '.join(totals)}."
    carried = f" In the region that carries most of each: {'; '.join(worst)}." if worst else ""
    warning = f" Waiting makes the worst region's {' and '.join(rises)} heavier." if rises else ""
    return said + carried + warning


def _change(percents: float) -> str:
    return rounded_change(percents)


def apart_sentence(together: Outcome, apart: Apart) -> str:
    """What planning both at once brings: `apart` is the sum of two plans."""
    more = change_pct(together.objective, apart.objective)
    cost = _change(change_pct(together.cost_usd, apart.cost_usd))
    worst = [
        f"{item.label.lower()} "
        f"{_change(change_pct(together.worst(item.column), apart.worst[item.column]))}"
        for item in together.footprints
    ]
    return (
        "Planned apart (first the load that cannot wait, then what waits in the room that is left, "
        "each minding the burdens of its own load alone), cost and weighted burdens together, "
        f"simulated for {setting(together)}, would come out {_change(more)}: electricity cost "
        f"{cost}; in the region that carries most of each, {'; '.join(worst)}."
    )
