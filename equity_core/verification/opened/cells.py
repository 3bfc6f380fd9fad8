"""What a file holds, cell by cell."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO, StringIO
from typing import Any

import pyarrow as pa
import pyarrow.csv

from equity_core.verification.opened.geopackage import geopackage_sheets
from equity_core.verification.opened.pictures import picture_sheets
from equity_core.verification.opened.sheets import LINE, MOST_CELLS, PATH, Sheets, distinct, sheet
from equity_core.verification.opened.workbook import workbook_sheets

DEEPEST = 60
MOST_PROPERTIES = 5_000


def sheets_of(format: str, content: bytes) -> Sheets | None:  # noqa: A002
    """The cells of a file of this format; None for PDFs, which are not read.

    Raises what its reader raises where it is damaged (`tasks.UNREADABLE`).
    """
    read = READERS.get(format)
    return None if read is None else read(content)


def _csv(content: bytes) -> Sheets:
    text = content.decode("utf-8-sig")
    heading = next(csv.reader(StringIO(text)), [])
    names = [f"f{at}" for at in range(len(heading))]
    cells = pyarrow.csv.read_csv(
        BytesIO(text.encode()),
        pyarrow.csv.ReadOptions(use_threads=False, column_names=names, skip_rows_after_names=1),
        pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    return {"": cells.rename_columns(distinct(heading))}


class _Members(list[tuple[str, Any]]):
    """An object of JSON as written: a key that stands in it twice stays there twice."""

    def named(self) -> Iterator[tuple[str, Any]]:
        """Keys and values, a key's second coming marked as such."""
        return zip(distinct(key for key, _ in self), (value for _, value in self), strict=True)


def _parsed(content: bytes) -> Any:
    """JSON with numbers as they are written."""
    return json.loads(
        content.decode("utf-8-sig"),
        object_pairs_hook=_Members,
        parse_float=str,
        parse_int=str,
        parse_constant=str,
    )


def _json(content: bytes) -> Sheets:
    """One row a leaf; map layers one row a region, and apart from them what else they state."""
    told = _parsed(content)
    features = dict(told).get("features") if isinstance(told, _Members) else None
    if not isinstance(features, list) or isinstance(features, _Members):
        return {"": sheet((PATH, "value"), _leaves(told))}
    around = _Members((key, value) for key, value in told if key != "features")
    beside = [(f"features.{at}", _beside(feature)) for at, feature in enumerate(features)]
    return {
        "": _layer(features),
        "collection": sheet((PATH, "value"), _leaves(_Members([*around, *beside]))),
    }


def _beside(feature: Any) -> Any:
    """What a feature says besides properties and shape."""
    if not isinstance(feature, _Members):
        return feature
    return _Members((key, value) for key, value in feature.named() if key not in SHOWN)


SHOWN = ("properties", "geometry")


def _layer(features: list[Any]) -> pa.Table:
    rows = [_region(feature) for feature in features]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if len(columns) > MOST_PROPERTIES or len(columns) * len(rows) > MOST_CELLS:
        raise ValueError("its features have too many properties")
    return sheet(columns, [[row.get(name) for name in columns] for row in rows])


def _region(feature: Any) -> dict[str, Any]:
    inside = dict(feature) if isinstance(feature, _Members) else {}
    properties = inside.get("properties")
    named = properties.named() if isinstance(properties, _Members) else ()
    return {key: _leaf(value) for key, value in named} | {"geometry": _leaf(inside.get("geometry"))}


def _leaves(told: Any) -> Iterator[tuple[str, str]]:
    """Path and value of every leaf, in order; raises ValueError where they lie too deep."""
    waiting: list[tuple[str, Any, int]] = [("", told, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if not isinstance(value, list) or not value:
            yield path, _leaf(value)
            continue
        if depth == DEEPEST:
            raise ValueError(f"it is nested deeper than {DEEPEST} levels")
        inside = value.named() if isinstance(value, _Members) else enumerate(value)
        further = [(f"{path}.{key}" if path else str(key), item, depth + 1) for key, item in inside]
        waiting += further[::-1]


def _leaf(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _lines(content: bytes) -> Sheets:
    lines = content.decode("utf-8").split("\n")
    return {"": sheet((LINE, "text"), enumerate(lines, start=1))}


READERS: Mapping[str, Callable[[bytes], Sheets]] = {
    "csv": _csv,
    "json": _json,
    "gpkg": geopackage_sheets,
    "xlsx": workbook_sheets,
    "png": picture_sheets,
    "svg": _lines,
    "html": _lines,
    "txt": _lines,
}
