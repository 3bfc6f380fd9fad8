"""A data set taken apart into texts (plain JSON) and arrays, and put together again.

So it is kept in the store and handed from process to process; nothing in it is ever run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy.typing as npt
import pandas as pd

from equity_core.inputs.dataset import Dataset, Footprint, Part, SourceCard, frozen
from equity_core.inputs.identity import VERSION_DIGITS, content_digest, own_id

ARRAYS = (
    "home",
    "price",
    "intensity",
    "demand",
    "partial_reach",
    "latency_ms",
    "latency_basis",
)
TEXTS = ("title", "description", "licence", "attribution")
LISTS = ("credits", "weaknesses", "gateways")
HOUR_FORMAT = "%Y-%m-%dT%H:%MZ"

Arrays = dict[str, npt.NDArray[Any]]


def taken_apart(dataset: Dataset) -> tuple[dict[str, Any], Arrays]:
    """Texts and arrays; without id and version, which follow from them."""
    texts = {name: getattr(dataset, name) for name in (*TEXTS, *LISTS)} | {
        "first_hour": dataset.hours[0].strftime(HOUR_FORMAT),
        "hours": len(dataset.hours),
        "sites": dataset.sites.reset_index().to_dict(orient="list"),
        "footprints": [asdict(footprint) for footprint in dataset.footprints],
        "cards": [asdict(card) for card in dataset.cards],
    }
    return texts, {name: getattr(dataset, name) for name in ARRAYS}


def put_together(texts: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> Dataset:
    """The data set of its parts; raises KeyError, TypeError or ValueError for what is none."""
    sites = pd.DataFrame(texts["sites"]).set_index("site")
    footprints = [
        Footprint(**(item | {"parts": tuple(Part(**part) for part in item["parts"])}))
        for item in texts["footprints"]
    ]
    hours = pd.date_range(texts["first_hour"], periods=texts["hours"], freq="h", unit="us")
    kept: dict[str, Any] = {name: texts[name] for name in TEXTS}
    kept |= {name: tuple(texts[name]) for name in LISTS}
    kept |= {name: frozen(arrays[name]) for name in ARRAYS}
    dataset = Dataset(
        id="",
        version="",
        sites=sites,
        hours=hours,
        footprints=tuple(footprints),
        cards=tuple(SourceCard(**item) for item in texts["cards"]),
        **kept,
    )
    _require_shapes(dataset)
    digest = content_digest(dataset)
    return replace(dataset, id=own_id(digest), version=digest[:VERSION_DIGITS])


def _require_shapes(dataset: Dataset) -> None:
    n, j, t = len(dataset.sites), len(dataset.gateways), len(dataset.hours)
    wanted = {
        "home": (j,),
        "price": (n, t),
        "intensity": (len(dataset.footprints), n, t),
        "demand": (j, t),
        "partial_reach": (n, j),
        "latency_ms": (n, j),
        "latency_basis": (n, j),
    }
    for name, shape in wanted.items():
        if getattr(dataset, name).shape != shape:
            raise ValueError(f"{name} has the shape {getattr(dataset, name).shape}, not {shape}")
