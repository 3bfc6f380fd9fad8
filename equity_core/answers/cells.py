"""Files as cells, so that a difference can be named by row and column whatever the format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import BadZipFile

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataSourceError
from python_calamine import CalamineError

from equity_core.errors import EquityError

Sheets = dict[str, pd.DataFrame]
"""Sheet name ("" where a file has only one table) -> its cells as text, "" where empty."""

LINE, PATH = "line", "path"
UNREADABLE = (
    *(ValueError, KeyError, TypeError, OSError, RecursionError),
    *(CalamineError, DataSourceError, BadZipFile),
)


def sheets_of(name: str, content: bytes) -> Sheets | None:
    """The cells of a file, by the ending of its name; None for pictures and other binary files.

    Raises EquityError where the file is not what its name says.
    """
    read = READERS.get(name.rpartition(".")[2].lower())
    if read is None:
        return None
    try:
        return {sheet: _as_text(cells) for sheet, cells in read(content).items()}
    except UNREADABLE as error:
        problem = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EquityError(
            f"{name} cannot be read as what its name says ({problem}); it is damaged, cut short "
            "or was saved in another format. Export it again."
        ) from error


def _as_text(cells: pd.DataFrame) -> pd.DataFrame:
    """Every cell as text with all digits; missing ones empty."""
    text = {str(name): column.map(_text) for name, column in cells.items()}
    return pd.DataFrame(text, index=cells.index, dtype=object)


def _text(cell: Any) -> str:
    if cell is None or (isinstance(cell, float) and cell != cell):  # noqa: PLR0124  missing
        return ""
    return cell if isinstance(cell, str) else str(cell)


def _csv(content: bytes) -> Sheets:
    text = content.decode("utf-8-sig")
    return {"": pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)}


def _xlsx(content: bytes) -> Sheets:
    return pd.read_excel(BytesIO(content), sheet_name=None, engine="calamine")


def _geojson(content: bytes) -> Sheets:
    features = json.loads(content)["features"]
    rows = [item["properties"] | {"geometry": json.dumps(item["geometry"])} for item in features]
    return {"": pd.DataFrame(rows, dtype=object)}


def _geopackage(content: bytes) -> Sheets:
    # By its name on disk: the format's driver objects to another ending.
    with NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(content)
        file.flush()
        frame = gpd.read_file(file.name)
    shapes = frame.geometry.to_wkt()
    return {"": pd.DataFrame(frame.drop(columns="geometry")).assign(geometry=shapes)}


def _json(content: bytes) -> Sheets:
    leaves = pd.DataFrame(_leaves(json.loads(content), ""), columns=[PATH, "value"], dtype=object)
    return {"": leaves}


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Path and value of every leaf of a JSON document."""
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in inside:
            yield from _leaves(item, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def _lines(content: bytes) -> Sheets:
    lines = content.decode("utf-8").splitlines()
    return {"": pd.DataFrame({LINE: range(1, len(lines) + 1), "text": lines}, dtype=object)}


READERS: dict[str, Callable[[bytes], Sheets]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "geojson": _geojson,
    "gpkg": _geopackage,
    "json": _json,
    "svg": _lines,
    "html": _lines,
    "txt": _lines,
}
