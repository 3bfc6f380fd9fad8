"""A data set as bytes and back, digit by digit: texts as JSON, arrays as NumPy writes them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import numpy as np
import pyarrow as pa

from equity_core.errors import StoreError
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.parts import put_together, taken_apart


def pack(dataset: Dataset) -> bytes:
    """The data set, compressed."""
    texts, arrays = taken_apart(dataset)
    plain, packed = io.BytesIO(), pa.BufferOutputStream()
    told: dict[str, Any] = {"texts": np.array(json.dumps(texts)), **arrays}
    np.savez(plain, **told)
    with pa.CompressedOutputStream(packed, "zstd") as stream:
        stream.write(plain.getbuffer())
    return bytes(packed.getvalue())


def unpack(name: str, content: bytes) -> Dataset:
    """The data set `name` from its bytes; raises StoreError where they are not what was saved."""
    try:
        with pa.CompressedInputStream(pa.BufferReader(content), "zstd") as stream:
            plain = io.BytesIO(stream.read())
        with np.load(plain, allow_pickle=False) as arrays:
            parts = {key: arrays[key] for key in arrays}
        dataset = put_together(json.loads(str(parts.pop("texts"))), parts)
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
