"""The regions with their figures as map files: GeoJSON (RFC 7946) and GeoPackage.

Both hold the columns of `exports.regions_export` with their origin, so each carries its unit in
its name. Coordinates are WGS 84, exterior rings counter-clockwise.
"""

from __future__ import annotations

import json
import math
from io import BytesIO
from typing import Any

import geopandas as gpd
import pyogrio
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

from equity_core.export.tables import regions_export
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.geography import site_regions
from equity_core.outcome.outcome import Comparison
from equity_core.text.opening.alone import quotable

LAYER = "regions"

# Fixed once for the whole process: a GeoPackage states when it was changed, and equal results
# must be equal bytes.
pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1980-01-01T00:00:00.000Z"})


def regions_geojson(comparison: Comparison, dataset: Dataset) -> bytes:
    """GeoJSON: longitude and latitude, no crs member, not-a-number as null."""
    shapes = _shapes(dataset)
    rows = regions_export(comparison).whole().to_dict(orient="records")
    features = [_feature(shapes[row["site"]], row) for row in rows]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, allow_nan=False, ensure_ascii=False).encode("utf-8")


def _shapes(dataset: Dataset) -> gpd.GeoSeries:
    """Index site; each region's shape with counter-clockwise exterior rings."""
    return site_regions(dataset).geometry.map(_counter_clockwise)


def _feature(shape: shapely.Geometry, figures: dict[Any, Any]) -> dict[str, Any]:
    properties = {str(name): _plain(value) for name, value in figures.items()}
    geometry = shapely.geometry.mapping(shape)
    site = properties["site"]
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


def regions_geopackage(comparison: Comparison, dataset: Dataset) -> bytes:
    """GeoPackage with one layer, `regions`, of multipolygons in EPSG:4326."""
    table = regions_export(comparison)
    rows = table.whole()
    shapes = _shapes(dataset).reindex(rows["site"]).to_numpy()
    buffer = BytesIO()
    pyogrio.write_dataframe(
        gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326"),
        buffer,
        driver="GPKG",
        layer=LAYER,
        geometry_type="MultiPolygon",
        promote_to_multi=True,
        dataset_metadata=table.origin,
        layer_options={"DESCRIPTION": quotable(comparison), "IDENTIFIER": table.title},
    )
    return buffer.getvalue()
