"""dataset.json: what a data set is called, who made it, and how far each column can be trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from equity_core.errors import DatasetError
from equity_core.inputs.dataset import Footprint, SourceCard
from equity_core.inputs.tables import shown, suggestion

LARGEST_SCALE = 100.0


class About(BaseModel):
    """The contents of dataset.json.

    `today`: demand and capacity are what each site had in the year of its load's card, so the
    nearest-site plan is how it was in that year.
    `cost_basis`: a sentence on what kind of price the costs are made of, where that needs saying.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)

    id: str
    title: str
    description: str
    licence: str
    attribution: str
    credits: tuple[str, ...]
    weaknesses: tuple[str, ...]
    footprints: tuple[Footprint, ...]
    cards: tuple[SourceCard, ...]
    today: bool = False
    cost_basis: str = ""


def read_about(path: Path) -> About:
    """Read dataset.json; raises DatasetError naming the field that is missing or wrong."""
    try:
        return About.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise DatasetError(
            f"{path.parent} is not a data set: it has no dataset.json. "
            "Name a folder that holds one, or a bundled data set."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise DatasetError(
            f"dataset.json: {field}: {first['msg']}. Correct this field; "
            "data/paper-2022/dataset.json is an example."
        ) from error
    except ValueError as error:
        raise DatasetError(
            f"dataset.json is not valid JSON: {error}. Correct it at that place."
        ) from error


def with_scales(about: About, part_scales: Mapping[str, float]) -> About:
    """`about` with the scale of some parts changed, by "footprint.part"."""
    known = [f"{f.name}.{part.name}" for f in about.footprints for part in f.parts]
    for name, scale in part_scales.items():
        if name not in known:
            raise DatasetError(
                f"{about.id} has no part {shown(name)}{suggestion(name, known)}. "
                f"Its parts are: {', '.join(known) or 'none'}."
            )
        if not 0 <= scale <= LARGEST_SCALE:
            raise DatasetError(
                f"The scale of {name} is {scale:g}, but must be from 0 to {LARGEST_SCALE:g}. "
                "Choose 1 to leave the part as it is, 0 to leave it out."
            )
    return about.model_copy(
        update={"footprints": tuple(_rescaled(f, part_scales) for f in about.footprints)}
    )


def _rescaled(footprint: Footprint, part_scales: Mapping[str, float]) -> Footprint:
    parts = [
        replace(part, scale=float(part_scales.get(f"{footprint.name}.{part.name}", part.scale)))
        for part in footprint.parts
    ]
    return replace(footprint, parts=tuple(parts))


def require_cards(about: About, columns: tuple[str, ...]) -> None:
    """Every column has exactly one source card, and every card has its column."""
    carded = [card.column for card in about.cards]
    for column in columns:
        if carded.count(column) != 1:
            raise DatasetError(
                f"dataset.json has {carded.count(column)} source cards for the column {column}"
                f"{suggestion(column, carded)}. Give it exactly one: unit, source, date, "
                "licence, quality and note."
            )
    for column in carded:
        if column not in columns:
            raise DatasetError(
                f"dataset.json has a source card for {column}, which no file has"
                f"{suggestion(column, columns)}. Rename or remove the card."
            )
