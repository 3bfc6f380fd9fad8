"""What leaves the house: CSV and GeoJSON as bytes, and writing them all or not at all."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

from equity_core.errors import EquityError
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.geography import site_regions
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.version import __version__

FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def provenance(outcome: Outcome) -> dict[str, str]:
    """What every exported row and picture carries: scenario, data and product versions."""
    return {
        "fingerprint": outcome.fingerprint,
        "dataset": outcome.dataset_id,
        "data_version": outcome.data_version,
        "product_version": __version__,
    }


def regions_frame(comparison: Comparison) -> pd.DataFrame:
    """The comparison by region with names and provenance; index site, units in column names."""
    frame = comparison.table.copy()
    names = [comparison.after.site_names[str(site)] for site in frame.index]
    frame.insert(0, "name", names)
    return frame.assign(
        baseline_fingerprint=comparison.before.fingerprint, **provenance(comparison.after)
    )


def regions_csv(comparison: Comparison) -> bytes:
    """`regions_frame` as UTF-8 CSV with every digit of every number."""
    return _csv(regions_frame(comparison).rename_axis("site").reset_index())


def frontier_csv(frame: pd.DataFrame, outcome: Outcome) -> bytes:
    """A frontier as UTF-8 CSV, every row with the provenance of the scenario it starts from."""
    return _csv(frame.assign(**provenance(outcome)))


def _csv(frame: pd.DataFrame) -> bytes:
    safe = {
        name: cells if pd.api.types.is_numeric_dtype(cells) else cells.map(neutralised)
        for name, cells in frame.items()
    }
    text: str = pd.DataFrame(safe).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8")


def neutralised(cell: object) -> object:
    """Text that a spreadsheet would run as a formula gets a leading apostrophe.

    Line breaks in text become spaces, so that a region stays one line. Numbers are left alone.
    """
    if not isinstance(cell, str):
        return cell
    text = " ".join(cell.splitlines())
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def regions_geojson(comparison: Comparison, dataset: Dataset) -> bytes:
    """The regions with their figures as GeoJSON (RFC 7946).

    WGS 84 longitude and latitude, exterior rings counter-clockwise, no crs member; properties are
    the columns of `regions_frame`, so each carries its unit in its name.
    """
    rows = regions_frame(comparison)
    shapes = site_regions(dataset).geometry
    features = [_feature(str(site), shapes[site], row.to_dict()) for site, row in rows.iterrows()]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, allow_nan=False, ensure_ascii=False).encode("utf-8")


def _feature(site: str, shape: shapely.Geometry, figures: dict[Any, Any]) -> dict[str, Any]:
    properties = {"site": site} | {str(name): _plain(value) for name, value in figures.items()}
    geometry = shapely.geometry.mapping(_counter_clockwise(shape))
    return {"type": "Feature", "id": site, "properties": properties, "geometry": geometry}


def _plain(value: Any) -> Any:
    """A value JSON knows: NumPy scalars unwrapped, not-a-number as null."""
    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and not math.isfinite(plain) else plain


def _counter_clockwise(shape: shapely.Geometry) -> shapely.Geometry:
    if isinstance(shape, MultiPolygon):
        return MultiPolygon([orient(part, 1.0) for part in shape.geoms])
    if isinstance(shape, Polygon):
        return orient(shape, 1.0)
    return shape


def write_files(folder: str | Path, files: Mapping[str, bytes]) -> None:
    """Write all of `files` (name to contents) into `folder`, or leave it as it was.

    Everything is first written to a hidden folder on the same disk and then renamed into place.
    Raises EquityError where the folder cannot be written or a name is not a plain file name.
    """
    target = Path(folder)
    _check_names(files)
    try:
        beside = target if target.is_dir() else target.parent
        beside.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".writing-", dir=beside) as staging:
            _publish(_staged(Path(staging), files), target, Path(staging))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EquityError(
            f"The files could not be written to {target}: {reason}. Nothing was changed there; "
            "choose a folder that you may write to and that has room."
        ) from error


def _check_names(files: Mapping[str, bytes]) -> None:
    for name in files:
        if name in ("", ".", "..") or Path(name).name != name:
            raise EquityError(
                f"{name!r} cannot be a file name; use a plain name such as regions.csv."
            )


def _staged(staging: Path, files: Mapping[str, bytes]) -> Path:
    ready = staging / "ready"
    ready.mkdir()
    for name, contents in files.items():
        (ready / name).write_bytes(contents)
    return ready


def _publish(ready: Path, target: Path, staging: Path) -> None:
    """Rename `ready` to `target`, or its files into it when `target` is already there."""
    if target.is_dir():
        _replace_each(ready, target, staging / "former")
    else:
        ready.rename(target)


def _replace_each(ready: Path, target: Path, former: Path) -> None:
    """Move every file of `ready` into `target`; on failure put the former files back."""
    former.mkdir()
    moved: list[Path] = []
    try:
        for source in sorted(ready.iterdir()):
            place = target / source.name
            if place.is_file():
                shutil.copy2(place, former / source.name)
            source.replace(place)
            moved.append(place)
    except OSError:
        for place in moved:
            _put_back(place, former / place.name)
        raise


def _put_back(place: Path, former: Path) -> None:
    if former.exists():
        former.replace(place)
    else:
        place.unlink()
