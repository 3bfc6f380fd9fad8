"""The name of a data set that somebody brought: made from its content, the same anywhere."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from hashlib import sha256

import numpy as np

from equity_core.inputs.dataset import Dataset

PREFIX = "own-"
ID_DIGITS = 24
VERSION_DIGITS = 12
_OWN = re.compile(rf"{PREFIX}[0-9a-f]{{{ID_DIGITS}}}")


def is_own(name: str) -> bool:
    """Whether `name` is the id of a data set that somebody brought."""
    return _OWN.fullmatch(name) is not None


def own_id(digest: str) -> str:
    """The id of a data set with this `content_digest`."""
    return PREFIX + digest[:ID_DIGITS]


def content_digest(dataset: Dataset) -> str:
    """SHA-256 of all that a data set says but its id and version, on any machine the same."""
    digest = sha256()
    texts = (
        [dataset.title, dataset.description, dataset.licence, dataset.attribution],
        [dataset.credits, dataset.weaknesses, dataset.gateways, f"{dataset.hours[0]:%Y-%m-%dT%H}"],
        [asdict(footprint) for footprint in dataset.footprints],
        [asdict(card) for card in dataset.cards],
        dataset.sites.reset_index().to_dict(orient="list"),
        dataset.latency_basis.tolist(),
    )
    digest.update(json.dumps(texts, sort_keys=True, ensure_ascii=True).encode())
    for array in (
        dataset.home,
        dataset.price,
        dataset.intensity,
        dataset.demand,
        dataset.partial_reach,
        dataset.latency_ms,
    ):
        digest.update(repr(array.shape).encode())
        digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return digest.hexdigest()
