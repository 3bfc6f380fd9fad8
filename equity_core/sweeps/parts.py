"""A sweep cut into parts, each named by the content hash of what it asks, and what is answered
of it already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from equity_core.export.atomic import write_file
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.identity import content_digest
from equity_core.sweeps.answering import Part, Row
from equity_core.sweeps.design import Sweep
from equity_core.sweeps.question import Question
from equity_core.version import __version__

COLUMNS = 2
"""Raised with every change of what `answering` tells of a plan: what was kept is answered anew."""

CELLS_A_PART = 1_500_000
"""Sites times hours that a part is planned over, about a second: the scheduler has little to do,
and little is lost with a worker."""

MOST_A_PART = 100
FEWEST_PARTS = 64
"""As far as there are questions, so that a few go to all workers. Never by how many workers there
are: parts must be found again."""


@dataclass(frozen=True)
class Parts:
    """The parts of a sweep on its data sets, by name."""

    sweep: Sweep
    datasets: Mapping[str, Dataset]
    digests: Mapping[str, str]

    @classmethod
    def of(cls, sweep: Sweep, datasets: Mapping[str, Dataset]) -> Parts:
        """The parts with the content hashes of the data sets."""
        return cls(sweep, datasets, {name: content_digest(datasets[name]) for name in datasets})

    @cached_property
    def size(self) -> int:
        """How many questions a part has."""
        cells = max(len(data.site_ids) * len(data.hours) for data in self.datasets.values())
        return max(1, min(MOST_A_PART, CELLS_A_PART // cells, self.sweep.count // FEWEST_PARTS))

    @property
    def firsts(self) -> range:
        """The number of each part's first question."""
        return range(0, self.sweep.count, self.size)

    def at(self, first: int) -> Part:
        """The part that begins with the question `first`."""
        end = min(first + self.size, self.sweep.count)
        questions = tuple(self.sweep.questions(first, end))
        return Part(self._key(questions), first, questions, self.sweep.draws, __version__)

    def __iter__(self) -> Iterator[Part]:
        """Made one by one: a million questions never stand in memory together."""
        return map(self.at, self.firsts)

    def _key(self, questions: tuple[Question, ...]) -> str:
        draws = self.sweep.draws
        asked = {
            "product": __version__,
            "columns": COLUMNS,
            "data": {name: self.digests[name] for name in sorted({q.dataset for q in questions})},
            "draws": [draws.count, draws.seed, draws.spread] if draws else None,
            "questions": [question.told for question in questions],
        }
        return _sha256(_json(asked))


@dataclass(frozen=True)
class Kept:
    """Answered parts in a folder: a file each, whole or not there."""

    folder: Path

    def rows(self, part: Part) -> list[Row] | None:
        """The rows of a part; None where it is not answered yet, or its file cannot be used."""
        try:
            digest, _, body = self._place(part).read_bytes().partition(b"\n")
        except OSError:
            return None
        if digest.decode("ascii", "replace") != _sha256(body):
            return None
        rows: list[Row] = json.loads(body)
        return rows

    def keep(self, part: Part, rows: list[Row]) -> None:
        """Write the rows of a part; raises `EquityError` where that cannot be."""
        body = _json(rows)
        write_file(self._place(part), _sha256(body).encode() + b"\n" + body)

    def _place(self, part: Part) -> Path:
        # A million files in one folder are slow to list.
        return self.folder / part.key[:2] / f"{part.key}.json"


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
