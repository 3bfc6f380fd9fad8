"""What each footprint is called within a sentence, and what a region does with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from equity_core.inputs.catalogue import is_of_us_states
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Footprint

VERBS: Mapping[str, str] = MappingProxyType(
    {
        "water": "uses",
        "energy": "uses",
        "land": "takes up",
        "carbon": "emits",
        "marginal_carbon": "causes",
        "methane": "emits",
        "nox": "emits",
        "so2": "emits",
        "pm25": "emits",
        "noise": "makes",
        "heat": "gives off",
        "waste": "produces",
        "health": "causes",
        "damage": "causes",
    }
)
"""Footprint -> verb: a region uses water, emits carbon, causes health damage."""

USUAL_VERB = "carries"


def noun(footprint: Footprint) -> str:
    """The footprint within a sentence: "water", "health damage"; "NOx" and "PM2.5" stay."""
    first, *rest = footprint.label.split(" ")
    plain = first[:1] + first[1:].lower() == first and first.isalpha()
    return " ".join([first.lower() if plain else first, *rest])


def verb(footprint: Footprint) -> str:
    """What a region does with the footprint: "uses" water; "carries" what is not in the table."""
    return VERBS.get(footprint.name, USUAL_VERB)


def plural_verb(footprint: Footprint) -> str:
    """What regions together do: "use" water, "take up" land, "carry" what has no verb."""
    first, *rest = verb(footprint).split(" ")
    plain = "carry" if first == USUAL_VERB else first.removesuffix("s")
    return " ".join([plain, *rest])


def region_noun(dataset_id: str) -> tuple[str, str]:
    """What a region of a data set is called, one and several: "state" where all of them are."""
    return ("state", "states") if is_of_us_states(dataset_id) else ("region", "regions")


def places(dataset_id: str, count: int) -> str:
    """How many regions of a data set: "23 US states", "10 regions"."""
    return counted(count, "US state" if is_of_us_states(dataset_id) else "region")


def deeds(done: Sequence[tuple[Footprint, str]]) -> list[str]:
    """What a region does, each part with its verb; one that was just said is not said again."""
    verbs = ["", *(verb(item) for item, _ in done)]
    return [
        what if verbs[place] == verbs[place + 1] else f"{verbs[place + 1]} {what}"
        for place, (_, what) in enumerate(done)
    ]
