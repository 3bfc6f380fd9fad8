"""What a capacity does not cap: load that cannot move stays at its own site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Outcome
from equity_core.text.numbers import amount, joined

MOST_NAMED = 6
"""Regions that the sentence names one by one."""


@dataclass(frozen=True)
class Staying:
    """Load of one region that cannot move and at some hour exceeds the capacity of its site."""

    name: str
    energy_mwh: float
    most_mw: float
    capacity_mw: float

    def words(self) -> str:
        """ "27,100,000 MWh in Virginia (up to 4,210 MW in an hour)"."""
        most = f"up to {amount(self.most_mw, 'MW')} in an hour"
        beside = f", where the capacity is {amount(self.capacity_mw, 'MW')}"
        shown = beside if self.capacity_mw else ""
        return f"{amount(self.energy_mwh, 'mwh')} in {self.name} ({most}{shown})"


def staying_sentences(outcome: Outcome, dataset: Dataset) -> tuple[str, ...]:
    """What stays where a capacity is too small for it; nothing where all that stays finds room.

    A moratorium (capacity 0) caps the load that can move: docs/METHOD.md, section 1.
    """
    found = list(_staying(outcome, dataset))
    if not found:
        return ()
    what = "capacity" if any(one.capacity_mw for one in found) else "moratorium"
    told, left = [one.words() for one in found[:MOST_NAMED]], len(found) - MOST_NAMED
    rest = [f"more in {left} other region{'s' if left > 1 else ''}"] if left > 0 else []
    stays = joined([*told, *rest])
    return (f"A {what} caps only the load that can move; what cannot move stays: {stays}.",)


def _staying(outcome: Outcome, dataset: Dataset) -> Iterator[Staying]:
    scenario = outcome.scenario
    if scenario.movable_share == 1:
        return
    first = int(dataset.hours.searchsorted(outcome.hours[0]))
    hours = slice(first, first + len(outcome.hours))
    stays = (1 - scenario.movable_share) * (1 + scenario.demand_growth)
    capacity = (1 + scenario.capacity_growth) * dataset.sites["capacity_mw"]
    for gateway, demand in zip(dataset.gateways, dataset.demand, strict=True):
        factors = scenario.factors_of(gateway)
        load = stays * factors.demand * demand[hours]
        room = factors.capacity * float(capacity[gateway])
        if load.max() > room * (1 + 1e-9):
            yield Staying(outcome.site_names[gateway], float(load.sum()), float(load.max()), room)
