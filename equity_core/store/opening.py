"""Opening any data set by name: bundled, a folder, or brought by somebody and kept in the store."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from equity_core.errors import DatasetError
from equity_core.inputs import catalogue
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.identity import is_own
from equity_core.inputs.tables import shown, suggestion


def load_dataset(
    name_or_path: str | Path, part_scales: Mapping[str, float] = MappingProxyType({})
) -> Dataset:
    """Load a data set: a bundled name, a folder in the same form, or an id of the store.

    `part_scales` multiplies parts of a footprint before they are added up, by "footprint.part":
    {"water.onsite": 0.5} halves the cooling water of world-2023 and changes the data version.
    Raises DatasetError when there is none or one of its figures cannot be used, StoreError when
    the store cannot be reached.
    """
    if not is_own(str(name_or_path)):
        return catalogue.load_dataset(name_or_path, part_scales)
    if part_scales:
        raise DatasetError(
            f"{name_or_path} has no parts to scale. Use the regional factors of a scenario instead."
        )
    # Not at the top: who works with bundled data need not load a database library.
    return import_module("equity_core.store.store").Store().open_dataset(str(name_or_path))


def open_named_dataset(name: str) -> Dataset:
    """What a link, a page or a file names: a bundled data set or an id of the store, never a path.

    Raises DatasetError and StoreError like `load_dataset`.
    """
    known = list(catalogue.bundled())
    if name in known or is_own(name):
        return load_dataset(name)
    raise DatasetError(
        f"There is no data set {shown(name)}{suggestion(name, known)}. Choose one of "
        f"{', '.join(known)}, or bring your own files and use the id that they get."
    )
