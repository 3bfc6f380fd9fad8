"""The map's shapes: countries, states, provinces, and the region that stands for each site.

Separate from the data sets because geopandas is slow to import and solving needs no map.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely import affinity
from shapely.geometry import Point, box
from shapely.geometry.polygon import orient

from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.codes import BOUNDARIES, region_codes
from equity_core.inputs.places.extent import Extent

LAYERS = ("countries", "us_states", "provinces")
DISC_KM = 75.0
KM_PER_DEGREE = 111.2


def countries() -> gpd.GeoDataFrame:
    """Countries of the world: id (ISO 3166 numeric), name, geometry.

    EPSG:4326, exterior rings clockwise (what d3 wants), cut at the antimeridian.
    Source: Natural Earth 1:50 million, simplified; see data/boundaries/README.md.
    """
    return layer("countries")


def site_regions(dataset: Dataset) -> gpd.GeoDataFrame:
    """The polygon that stands for each site: index site in data-set order; name, geometry.

    The state or province that the site's `subdivision` names, or its `country` where it names
    none: by code, since a site on the coast can lie outside its simplified polygon. A site whose
    region is not drawn here, or is shared with another site, gets a disc around its place: one
    fill would hide the other.
    """
    sites = dataset.sites
    codes = sites["subdivision"].where(sites["subdivision"] != "", sites["country"])
    shapes = pd.concat({name: layer(name).set_index("id") for name in LAYERS})
    known = region_codes()
    rows = [_polygon(shapes, known.get(str(code))) for code in codes]
    alone = ~codes.duplicated(keep=False).to_numpy()
    drawn = [
        row if row is not None and lone else _disc(site)
        for row, lone, site in zip(rows, alone, sites.itertuples(), strict=True)
    ]
    return gpd.GeoDataFrame(drawn, columns=["name", "geometry"], index=sites.index, crs="EPSG:4326")


def unrolled(shapes: gpd.GeoSeries, extent: Extent) -> gpd.GeoSeries:
    """The shapes on a map around `extent`: where it holds the date line, all on its own side."""
    if not extent.holds_date_line:
        return shapes
    start = extent.middle[0] - 180
    turns = [
        shapes.translate(turn).clip_by_rect(start, -90, start + 360, 90) for turn in (-360, 0, 360)
    ]
    return turns[0].union(turns[1]).union(turns[2])


def _polygon(
    shapes: gpd.GeoDataFrame, place: tuple[str, str] | None
) -> tuple[str, shapely.Geometry] | None:
    if place is None:
        return None
    row = shapes.loc[place]
    return str(row["name"]), row["geometry"]


def _disc(site: Any) -> tuple[str, shapely.Geometry]:
    """The site's name and a disc of DISC_KM around it, cut at the antimeridian."""
    tall = DISC_KM / KM_PER_DEGREE
    wide = tall / max(0.05, math.cos(math.radians(site.latitude)))
    disc = affinity.scale(Point(site.longitude, site.latitude).buffer(1.0), wide, tall)
    return str(site.name), orient(disc & box(-180.0, -90.0, 180.0, 90.0), -1.0)


@cache
def layer(name: str) -> gpd.GeoDataFrame:
    """One of `LAYERS`: id (ISO 3166 numeric, FIPS or ISO 3166-2), name, geometry; as `countries`.

    Read once a process and shared: a package of files asks for each a dozen times.

    Sources: Natural Earth, US Census Bureau 2017, simplified; see data/boundaries/README.md.
    """
    return gpd.read_file(BOUNDARIES / f"{name}.geojson")
