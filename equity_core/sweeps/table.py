"""The table of a sweep: its columns with type, unit and words, and Parquet made from them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq

from equity_core.answers.answer import SPREADS
from equity_core.export.origin import ORIGIN
from equity_core.export.tables import Column
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.scenario.checks import FURTHER
from equity_core.scenario.parameters import (
    BY_NAME,
    FACTORS_BY_NAME,
    FURTHER_BY_NAME,
)
from equity_core.sweeps.answering import PRICE_OF_NOT_KNOWING, Row
from equity_core.sweeps.design import Sweep
from equity_core.sweeps.question import DATASET, METHOD, OFFLINE
from equity_core.text.numbers import unit_text

ROWS_A_GROUP = 20_000
KINDS: Mapping[str, pa.DataType] = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "string": pa.string(),
    "array": pa.list_(pa.string()),
}


@dataclass(frozen=True)
class Columns:
    """The columns of a sweep's table, in order."""

    asked: tuple[Column, ...]
    found: tuple[Column, ...]

    @classmethod
    def of(cls, sweep: Sweep, datasets: Mapping[str, Dataset]) -> Columns:
        """What the sweep sets, then what is found on its data sets."""
        known = {item.column: item for data in datasets.values() for item in data.footprints}
        found = tuple(_found(tuple(known.values())))
        named = {column.name for column in found}  # dataset, say, which every row states anyway
        asked = tuple(column for column in _asked(sweep) if column.name not in named)
        return cls(asked, found)

    @property
    def all(self) -> tuple[Column, ...]:
        """What is asked, then what is found."""
        return (*self.asked, *self.found)


def _asked(sweep: Sweep) -> Iterator[Column]:
    yield Column("question", "integer", "", "Number of the question, from 0")
    for key in sweep.keys:
        if key != METHOD:
            yield Column(key, _kind(sweep, key), *_meaning(key))
    yield Column(METHOD, "string", "", "offline: the whole period known; others: hour by hour")
    if sweep.draws:
        yield Column("draw", "integer", "", "Number of the draw of uncertain figures, from 0")


def _kind(sweep: Sweep, key: str) -> str:
    values = [value.value for value in sweep.values(key) if value.value is not None]
    for kind, of in (("boolean", bool), ("number", float)):
        if values and all(isinstance(value, of) for value in values):
            return kind
    return "string"


def _meaning(key: str) -> tuple[str, str]:
    """Unit and words of something that is set."""
    place, _, name = key.rpartition(".")
    site = FURTHER_BY_NAME if place.startswith(FURTHER) else FACTORS_BY_NAME
    row = (site if place else BY_NAME).get(name)
    if row is None:
        return "", {"label": "What the file calls the question"}.get(key, f"Set: {key}")
    of = f"{place.removeprefix(FURTHER)}: " if place else ""
    unit = "" if row.unit in ("name", "choice", "x") else row.unit
    return unit, f"Set: {of}{row.label}"


def _found(footprints: Sequence[Footprint]) -> Iterator[Column]:
    yield Column(
        "status", "string", "", "solved; infeasible, uncertified, refused or lost: see sentence"
    )
    yield Column("sentence", "string", "", "Why there are no figures")
    yield from _beside("cost_usd", "USD", "Electricity cost, all regions")
    for item in footprints:
        unit = unit_text(item.unit)
        yield from _beside(f"worst_{item.column}", unit, f"{item.label}, worst region")
        yield Column(f"worst_site_{item.name}", "string", "", f"{item.label}, the worst region")
        yield from _beside(f"total_{item.column}", unit, f"{item.label}, all regions")
        for of, words in SPREADS.items():
            yield Column(f"{of}_{item.name}", "number", "ratio", f"{item.label}, {words}")
    yield Column("regions_worse", "integer", "regions", "Regions worse off than in the baseline")
    yield Column("worse_sites", "array", "", "The regions worse off")
    yield Column(
        "objective",
        "number",
        "USD",
        "What the policy minimises; the total in m³ or t for the policies water and carbon",
    )
    yield Column("gap", "number", "ratio", "Certificate: no plan is better by more than this")
    words = "Objective above the best with the whole period known; empty for offline"
    yield Column(PRICE_OF_NOT_KNOWING, "number", "%", words)
    for name in (*ORIGIN, "foresight", "baseline_fingerprint", "baseline_world"):
        yield Column(name, "string", "", f"Origin: {name.replace('_', ' ')}")


def _beside(name: str, unit: str, words: str) -> Iterator[Column]:
    yield Column(name, "number", unit, f"{words}: this plan")
    yield Column(f"{name}_before", "number", unit, f"{words}: baseline")
    yield Column(f"{name}_change_pct", "number", "%", f"{words}: change against the baseline")


def asked_cells(sweep: Sweep, number: int) -> Row:
    """What the question `number` sets, as cells."""
    step, draw = sweep.step(number)
    cells = {key: value.value for key, value in step.items()}
    default = {DATASET: BY_NAME[DATASET].default, METHOD: OFFLINE}
    return {"question": number} | default | cells | ({} if draw is None else {"draw": draw})


def parquet(columns: Columns, rows: Iterable[Row], about: Mapping[str, str]) -> bytes:
    """The rows as Parquet; each column says its unit and words, the file what it is `about`."""
    schema = pa.schema(
        [
            pa.field(item.name, KINDS[item.type], metadata={"unit": item.unit, "words": item.title})
            for item in columns.all
        ],
        metadata=dict(about),
    )
    buffer, waiting = io.BytesIO(), iter(rows)
    with pq.ParquetWriter(buffer, schema, compression="zstd") as writer:
        while group := list(islice(waiting, ROWS_A_GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema))
    return buffer.getvalue()


def described(column: Column) -> str:
    """A line of the data dictionary."""
    unit = f" [{column.unit}]" if column.unit else ""
    return f"{column.name}{unit}: {column.title}"
