"""A data set as bytes and back, digit by digit: texts as JSON, arrays as NumPy writes them."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from equity_core.errors import StoreError
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


def pack(dataset: Dataset) -> bytes:
    """The data set, compressed."""
    texts = {name: getattr(dataset, name) for name in (*TEXTS, *LISTS)} | {
        "first_hour": dataset.hours[0].strftime(HOUR_FORMAT),
        "hours": len(dataset.hours),
        "sites": dataset.sites.reset_index().to_dict(orient="list"),
        "footprints": [asdict(footprint) for footprint in dataset.footprints],
        "cards": [asdict(card) for card in dataset.cards],
    }
    arrays: dict[str, Any] = {name: getattr(dataset, name) for name in ARRAYS}
    plain, packed = io.BytesIO(), pa.BufferOutputStream()
    np.savez(plain, texts=np.array(json.dumps(texts)), **arrays)
    with pa.CompressedOutputStream(packed, "zstd") as stream:
        stream.write(plain.getbuffer())
    return bytes(packed.getvalue())


def unpack(name: str, content: bytes) -> Dataset:
    """The data set `name` from its bytes; raises StoreError where they are not what was saved."""
    try:
        with pa.CompressedInputStream(pa.BufferReader(content), "zstd") as stream:
            plain = io.BytesIO(stream.read())
        with np.load(plain, allow_pickle=False) as arrays:
            dataset = _dataset({key: arrays[key] for key in arrays})
    except (OSError, pa.ArrowException, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise _damaged(name) from error
    if dataset.id != name:
        raise _damaged(name)
    return dataset


def _damaged(name: str) -> StoreError:
    return StoreError(
        f"The data set {name} is damaged in the store. Bring its files in once more; the same "
        "files get the same id."
    )


def _dataset(arrays: dict[str, Any]) -> Dataset:
    texts = json.loads(str(arrays.pop("texts")))
    sites = pd.DataFrame(texts["sites"]).set_index("site")
    footprints = [
        Footprint(**(item | {"parts": tuple(Part(**part) for part in item["parts"])}))
        for item in texts["footprints"]
    ]
    hours = pd.date_range(texts["first_hour"], periods=texts["hours"], freq="h", unit="us")
    kept: dict[str, Any] = {name: texts[name] for name in TEXTS}
    kept |= {name: tuple(texts[name]) for name in LISTS}
    kept |= {name: frozen(array) for name, array in arrays.items()}
    dataset = Dataset(
        id="",
        version="",
        sites=sites,
        hours=hours,
        footprints=tuple(footprints),
        cards=tuple(SourceCard(**item) for item in texts["cards"]),
        **kept,
    )
    digest = content_digest(dataset)
    return replace(dataset, id=own_id(digest), version=digest[:VERSION_DIGITS])
