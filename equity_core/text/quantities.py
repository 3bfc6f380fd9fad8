"""The quantities a reader may ask for, each with its column, words and unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from equity_core.errors import EquityError, shown
from equity_core.inputs.dataset import Footprint
from equity_core.text.nouns import noun


@dataclass(frozen=True)
class Quantity:
    """One column of an outcome: `label` heads a table ("Water"), `noun` stands in a sentence."""

    column: str
    label: str
    noun: str
    unit: str


COST = Quantity("cost_usd", "Electricity cost", "electricity cost", "usd")
ENERGY = Quantity("energy_mwh", "Energy", "energy", "mwh")


def footprint_quantity(footprint: Footprint) -> Quantity:
    """The quantity of one footprint."""
    return Quantity(footprint.column, footprint.label, noun(footprint), footprint.unit)


def quantities(footprints: Sequence[Footprint]) -> tuple[Quantity, ...]:
    """All quantities in reading order: the footprints, then cost, then energy."""
    return (*(footprint_quantity(footprint) for footprint in footprints), COST, ENERGY)


def find_quantity(footprints: Sequence[Footprint], column: str) -> Quantity:
    """The quantity held in `column`; raises EquityError with the known columns otherwise."""
    known = {quantity.column: quantity for quantity in quantities(footprints)}
    if column in known:
        return known[column]
    close = get_close_matches(column, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Choose one of {', '.join(known)}."
    raise EquityError(f"There is no quantity called {shown(column)}. {hint}")
