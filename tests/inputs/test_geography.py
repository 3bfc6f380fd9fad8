"""The shapes draw rightly: every site has its region, none wraps around the globe."""

from dataclasses import replace

import geopandas as gpd
import pytest
from shapely.geometry import Point

from equity_core.inputs.catalogue import load_dataset
from equity_core.inputs.places import geography
from equity_core.inputs.places.codes import region_codes


@pytest.fixture(scope="module")
def layers() -> dict[str, gpd.GeoDataFrame]:
    return {name: geography.layer(name) for name in geography.LAYERS}


@pytest.mark.parametrize("name", geography.LAYERS)
def test_shapes(layers: dict[str, gpd.GeoDataFrame], name: str) -> None:
    layer = layers[name]
    assert list(layer.columns) == ["id", "name", "geometry"]
    assert layer.crs.to_epsg() == 4326
    assert layer["id"].is_unique
    assert layer["name"].notna().all()
    assert layer.geometry.is_valid.all()


@pytest.mark.parametrize("name", geography.LAYERS)
def test_exterior_rings_run_clockwise(layers: dict[str, gpd.GeoDataFrame], name: str) -> None:
    polygons = layers[name].geometry.explode()
    assert not any(polygon.exterior.is_ccw for polygon in polygons)
    assert all(hole.is_ccw for polygon in polygons for hole in polygon.interiors)


@pytest.mark.parametrize("name", geography.LAYERS)
def test_nothing_crosses_the_antimeridian(layers: dict[str, gpd.GeoDataFrame], name: str) -> None:
    layer = layers[name]
    box = layer[layer["id"] != "010"].geometry.explode().bounds  # Antarctica spans all longitudes
    assert (box["maxx"] - box["minx"]).max() < 180
    assert box["minx"].min() >= -180
    assert box["maxx"].max() <= 180


def test_russia_lies_on_both_sides(layers: dict[str, gpd.GeoDataFrame]) -> None:
    russia = layers["countries"].set_index("id").geometry["643"]
    assert russia.contains(Point(60, 60))
    assert russia.contains(Point(-175, 66.5))
    assert not russia.contains(Point(0, 66.5))


def test_every_site_has_its_region() -> None:
    regions = geography.site_regions(load_dataset("paper-2022"))
    assert regions.index.name == "site"
    assert list(regions.index) == list(load_dataset("paper-2022").site_ids)
    assert regions["name"].to_dict() == {
        "texas": "Texas",
        "virginia": "Virginia",
        "georgia": "Georgia",
        "nevada": "Nevada",
        "germany": "Germany",
        "belgium": "Belgium",
        "netherlands": "Netherlands",
        "denmark": "Denmark",
        "japan": "Japan",
        "singapore": "Singapore",
    }
    assert not regions.geometry.is_empty.any()


def test_each_site_lies_in_or_near_its_region() -> None:
    dataset = load_dataset("paper-2022")
    regions = geography.site_regions(dataset)
    for site, row in dataset.sites.iterrows():
        marker = Point(row["longitude"], row["latitude"])
        assert regions.geometry[site].distance(marker) < 0.25, site


def test_sites_that_share_a_region_or_have_none_are_discs_around_their_places() -> None:
    dataset = load_dataset("paper-2022")
    sites = dataset.sites.copy()
    sites.loc["belgium", "country"] = "DEU"
    sites.loc["japan", ["country", "longitude", "latitude"]] = "XKX", 179.9, 80.0
    regions = geography.site_regions(replace(dataset, sites=sites))
    for site in ("germany", "belgium", "japan"):
        place = Point(sites.loc[site, "longitude"], sites.loc[site, "latitude"])
        assert regions.geometry[site].contains(place)
        assert not regions.geometry[site].exterior.is_ccw
    assert regions.name["belgium"] == "Belgium"
    assert regions.geometry["germany"].area < 3
    assert regions.total_bounds[2] <= 180
    assert regions.geometry["denmark"].area > 3


def test_every_code_has_its_polygon() -> None:
    drawn = {name: set(geography.layer(name)["id"]) for name in geography.LAYERS}
    codes = region_codes()
    assert [code for code, (layer, region) in codes.items() if region not in drawn[layer]] == []
    assert {"DEU", "SGP", "US-TX", "CA-ON"} <= set(codes)
