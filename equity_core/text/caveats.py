"""How far the figures can be trusted: in one line for whatever leaves alone, and at length."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from equity_core.inputs.catalogue import year_of_siting
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Outcome
from equity_core.text.nouns import noun
from equity_core.text.numbers import joined, number

NO_CLAIM = "supports no claim about a real country"
AS_SITED = " with the load of {year} as estimated; a model's answer, not a forecast"

MW_OF_A_GW = 1000.0


def fleet_words(outcome: Outcome) -> str:
    """Whose figures these are: "simulated fleet of 10.0 MW capacity", of all sites together."""
    return f"simulated fleet of {power_words(outcome.fleet_mw)} capacity"


def power_words(megawatts: float) -> str:
    """ "10.0 MW", "30.2 GW"."""
    if megawatts >= MW_OF_A_GW:
        return f"{number(megawatts / MW_OF_A_GW)} GW"
    return f"{f'{megawatts:,.1f}' if megawatts >= 1 else number(megawatts)} MW"


def fleet_caveat(outcome: Outcome) -> str:
    """Whose figures these are, and whose not."""
    fleet = fleet_words(outcome)
    if outcome.foresight:
        fleet = f"planned hour by hour, not knowing what comes; {fleet}"
    year = year_of_siting(outcome.scenario.dataset)
    return f"{fleet[0].upper()}{fleet[1:]}{AS_SITED.format(year=year) if year else f'; {NO_CLAIM}'}"


def short_caveat(outcome: Outcome, dataset: Dataset) -> str:
    """One line: whose figures these are, what they support, and the quality of each kind."""
    kinds = [("price", "price"), *((noun(item), item.column) for item in dataset.footprints)]
    known = [(name, _quality(dataset, start)) for name, start in (*kinds, ("demand", "demand"))]
    told = [
        f"{joined([name for name, _ in alike])} {words}"
        for words, alike in groupby(known, key=itemgetter(1))
        if words
    ]
    figures = f". Figures: {'; '.join(told)}" if told else ""
    return f"{fleet_caveat(outcome)}{figures}. {dataset.cost_basis}".rstrip()


def _quality(dataset: Dataset, start: str) -> str:
    """The quality words of the columns that begin so: "modelled", "modelled and assumed"."""
    cards = dataset.cards_of(f"{start}_")
    return joined(list(dict.fromkeys(card.quality for card in cards)))


def long_caveats(outcome: Outcome, dataset: Dataset) -> tuple[str, ...]:
    """The short form, then every weakness of the data set."""
    return (short_caveat(outcome, dataset), *dataset.weaknesses)
