"""The data sets at hand: the bundled ones by name, others by folder."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from equity_core.errors import DatasetError
from equity_core.inputs.bundled.about import read_about
from equity_core.inputs.bundled.reading import read_dataset
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.folders import DATA
from equity_core.inputs.tables import shown, suggestion

LOAD = "peak_demand_mw"
"""The column that says how large each site's own load is."""


def bundled() -> dict[str, Path]:
    """Name and folder of every data set that comes with the product."""
    return {path.parent.name: path.parent for path in sorted(DATA.glob("*/dataset.json"))}


@lru_cache(maxsize=64)
def year_of_siting(name: str) -> str:
    """The year in which each site's load was as a bundled data set has it; "" for other data.

    Where nothing is moved, it is as it was in that year.
    """
    folder = bundled().get(name)
    about = read_about(folder / "dataset.json") if folder else None
    if about is None or not about.today:
        return ""
    return next(card.date for card in about.cards if card.column == LOAD)


@lru_cache(maxsize=64)
def is_of_us_states(name: str) -> bool:
    """Whether every region of a bundled data set is a state of the United States."""
    folder = bundled().get(name)
    if folder is None:
        return False
    with (folder / "sites.csv").open(encoding="utf-8", newline="") as table:
        codes = [row["subdivision"] for row in csv.DictReader(table)]
    return all(code.startswith("US-") for code in codes) and len(set(codes)) == len(codes)


def load_dataset(
    name_or_path: str | Path, part_scales: Mapping[str, float] = MappingProxyType({})
) -> Dataset:
    """Load a bundled data set by name, or any folder in the same form.

    `part_scales` multiplies parts of a footprint before they are added up, by "footprint.part":
    {"water.onsite": 0.5} halves the cooling water of world-2023 and changes the data version.
    Raises DatasetError when there is none, or when one of its figures cannot be used.
    """
    known = bundled()
    if str(name_or_path) in known:
        return read_dataset(known[str(name_or_path)], part_scales)
    if _is_folder(name_or_path):
        return read_dataset(Path(name_or_path), part_scales)
    raise DatasetError(
        f"There is no data set {shown(name_or_path)}{suggestion(str(name_or_path), list(known))}. "
        f"Choose one of {', '.join(known)}, or name a folder that holds a data set."
    )


def _is_folder(name_or_path: str | Path) -> bool:
    try:
        return Path(name_or_path).is_dir()
    except OSError:  # a name longer than the file system allows
        return False
