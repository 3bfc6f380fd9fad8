"""The basemap files: `python -m ui.basemap` writes static/land*.geojson from the bundled countries.

Kept as files so that browsers fetch them once, instead of with every move of a slider. A browser
without a graphics card draws every corner anew with each move, so there are few: the whole world
is drawn coarser than its parts, and borders are lines of their own, between countries only (drawn
round every country, most of them would be coasts, which the land's edge shows anyway).
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import shapely
from shapely import MultiLineString, MultiPolygon
from shapely.geometry import mapping
from shapely.ops import linemerge

from equity_core.inputs.geography import countries

STATIC = Path(__file__).parents[1] / "static"
COARSE = {"land.geojson": 0.0, "land-world.geojson": 0.25}
"""Degrees within which a coast may be straightened: a pixel of the whole world is 0.5."""
SMALLEST = 0.3
"""Islands smaller than this many times the straightening, squared, are left out."""
ANTARCTICA = "010"  # nobody lives there, and on a Mercator map it takes a third of the space


def land_geojson(coarse: float) -> str:
    """All countries but Antarctica and the borders between them, geometry alone, as GeoJSON."""
    frame = countries()
    shapes = frame[frame["id"] != ANTARCTICA].geometry
    land = shapes.simplify_coverage(coarse).make_valid() if coarse else shapes
    parts = land.explode(index_parts=False)
    seen = parts[shapely.area(parts.values) >= SMALLEST * coarse**2]
    features = [_feature(shape) for shape in (MultiPolygon(list(seen)), borders(land))]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, separators=(",", ":"))


def borders(shapes: gpd.GeoSeries) -> MultiLineString:
    """The lines along which two of `shapes` meet; neighbours share their corners exactly."""
    sides: Counter[tuple[tuple[float, ...], ...]] = Counter()
    for polygon in shapes.explode(index_parts=False):
        for ring in (polygon.exterior, *polygon.interiors):
            corners = list(ring.coords)
            sides.update(tuple(sorted(side)) for side in pairwise(corners))
    return linemerge([side for side, times in sides.items() if times > 1])


def _feature(shape: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {}, "geometry": mapping(shape)}


if __name__ == "__main__":
    for name, coarse in COARSE.items():
        (STATIC / name).write_text(land_geojson(coarse), encoding="utf-8")
