"""Who speaks, in two lines above every result: what is simulated, at what scale, for whom.

The words are those of the data set alone, so that every page and every file can say them.
"""

from __future__ import annotations

from equity_core.inputs.catalogue import nearest_is_today
from equity_core.inputs.dataset import Dataset
from equity_core.text.caveats import NO_CLAIM, power_words
from equity_core.text.nouns import noun, places
from equity_core.text.numbers import joined

DAYS_OF_A_YEAR = 365


def purpose(dataset: Dataset) -> tuple[str, str]:
    """The two lines.

    "Simulation: where should AI data centres in 23 US states run, and who bears their water,
    carbon and health damage? 15.8 GW of load on average, 2023."
    "For those who decide where data centres, power and water go. A model's answer, not a forecast."
    """
    told = [noun(item) for item in dataset.footprints if not item.name.startswith("marginal_")]
    where = places(dataset.id, len(dataset.site_ids))
    question = (
        f"Simulation: where should AI data centres in {where} run, and who bears their "
        f"{joined(told)}? {_load(dataset)}, {_when(dataset)}."
    )
    holds = "not a forecast" if nearest_is_today(dataset.id) else f"which {NO_CLAIM}"
    readers = "For those who decide where data centres, power and water go."
    return question, f"{readers} A model's answer, {holds}."


def _load(dataset: Dataset) -> str:
    """The mean load of all regions together, which is not what their sites could carry."""
    return f"{power_words(float(dataset.demand.sum(axis=0).mean()))} of load on average"


def _when(dataset: Dataset) -> str:
    """ "2023"; "19 days of 2022" where it is not a whole year."""
    first, last = dataset.hours[0], dataset.hours[-1]
    days = round(len(dataset.hours) / 24)
    if first.year != last.year:
        return f"{first:%B %Y} to {last:%B %Y}"
    if days >= DAYS_OF_A_YEAR:
        return f"{first.year}"
    return f"{days} day{'' if days == 1 else 's'} of {first.year}"
