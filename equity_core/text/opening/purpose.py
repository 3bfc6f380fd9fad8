"""Who speaks, in two lines above every result: what is simulated, at what scale, for whom.

The words are those of the data set alone, so that every page and every file can say them.
"""

from __future__ import annotations

from equity_core.inputs.catalogue import year_of_siting
from equity_core.inputs.dataset import Dataset
from equity_core.text.caveats import NO_CLAIM, power_words
from equity_core.text.nouns import noun, places
from equity_core.text.numbers import joined
from equity_core.text.opening.setting import when


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
        f"{joined(told)}? {_load(dataset)}, {when(dataset.hours)}."
    )
    holds = "not a forecast" if year_of_siting(dataset.id) else f"which {NO_CLAIM}"
    readers = "For those who decide where data centres, power and water go."
    return question, f"{readers} A model's answer, {holds}."


def _load(dataset: Dataset) -> str:
    """The mean load of all regions together, which is not what their sites could carry."""
    return f"{power_words(float(dataset.demand.sum(axis=0).mean()))} of load on average"
