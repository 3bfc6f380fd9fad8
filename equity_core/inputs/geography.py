"""The map's shapes: countries, states, provinces, and the region that stands for each site.

Separate from the data sets because geopandas is slow to import and solving needs no map.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from equity_core.errors import DatasetError
from equity_core.inputs.dataset import Dataset

BOUNDARIES = Path(__file__).resolve().parents[2] / "data" / "boundaries"
LAYERS = ("countries", "us_states", "provinces")


def countries() -> gpd.GeoDataFrame:
    """Countries of the world: id (ISO 3166 numeric), name, geometry.

    EPSG:4326, exterior rings clockwise (what d3 wants), cut at the antimeridian.
    Source: Natural Earth 1:50 million, simplified; see data/boundaries/README.md.
    """
    return _layer("countries")


def us_states() -> gpd.GeoDataFrame:
    """States and territories of the United States: id (FIPS), name, geometry; as `countries`.

    Source: US Census Bureau 2017, simplified; see data/boundaries/README.md.
    """
    return _layer("us_states")


def provinces() -> gpd.GeoDataFrame:
    """The Canadian and Australian regions that are sites: id (ISO 3166-2), name, geometry.

    Source: Natural Earth 1:50 million, simplified; see data/boundaries/README.md.
    """
    return _layer("provinces")


def site_regions(dataset: Dataset) -> gpd.GeoDataFrame:
    """The polygon that stands for each site: index site in data-set order; name, geometry.

    A state, a province or a country, from an explicit table: a site on the coast can lie outside
    its simplified polygon. Raises DatasetError for a site that the table lacks, and for two sites
    with the same polygon: one fill would hide the other.
    """
    table = pd.read_csv(BOUNDARIES / "site_regions.csv", dtype=str)
    rows = table[table["dataset"] == dataset.id].set_index("site")
    for site in dataset.site_ids:
        if site not in rows.index:
            raise DatasetError(
                f"data/boundaries/site_regions.csv has no region for site {site} of "
                f"{dataset.id}. Add a row: dataset, site, layer, region_id."
            )
    wanted = rows.loc[list(dataset.site_ids)]
    _refuse_shared_region(wanted)
    shapes = pd.concat({layer: _layer(layer).set_index("id") for layer in LAYERS})
    regions = shapes.loc[list(zip(wanted["layer"], wanted["region_id"], strict=True))]
    return gpd.GeoDataFrame(regions.set_index(wanted.index), crs="EPSG:4326")


def _refuse_shared_region(wanted: pd.DataFrame) -> None:
    places = wanted["layer"] + " " + wanted["region_id"]
    shared = places[places.duplicated(keep=False)]
    if not shared.empty:
        sites = shared.index[shared == shared.iloc[0]]
        raise DatasetError(
            f"data/boundaries/site_regions.csv gives the region {shared.iloc[0]} to "
            f"{' and '.join(sites)}. Give each site a region of its own, such as a province."
        )


def _layer(name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(BOUNDARIES / f"{name}.geojson")
