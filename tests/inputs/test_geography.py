"""The shapes draw rightly: every site has its region, none wraps around the globe."""

import geopandas as gpd
import pytest
from shapely.geometry import Point

from equity_core.errors import DatasetError
from equity_core.inputs import geography
from equity_core.inputs.catalogue import load_dataset


@pytest.fixture(scope="module")
def layers() -> dict[str, gpd.GeoDataFrame]:
    return {"countries": geography.countries(), "us_states": geography.us_states()}


@pytest.mark.parametrize("name", ["countries", "us_states"])
def test_shapes(layers: dict[str, gpd.GeoDataFrame], name: str) -> None:
    layer = layers[name]
    assert list(layer.columns) == ["id", "name", "geometry"]
    assert layer.crs.to_epsg() == 4326
    assert layer["id"].is_unique
    assert layer["name"].notna().all()
    assert layer.geometry.is_valid.all()


@pytest.mark.parametrize("name", ["countries", "us_states"])
def test_exterior_rings_run_clockwise(layers: dict[str, gpd.GeoDataFrame], name: str) -> None:
    polygons = layers[name].geometry.explode()
    assert not any(polygon.exterior.is_ccw for polygon in polygons)
    assert all(hole.is_ccw for polygon in polygons for hole in polygon.interiors)


@pytest.mark.parametrize("name", ["countries", "us_states"])
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


def test_a_site_without_a_region_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    table = (geography.BOUNDARIES / "site_regions.csv").read_text()
    (tmp_path / "site_regions.csv").write_text(table.replace("paper-2022,japan", "other,japan"))
    monkeypatch.setattr(geography, "BOUNDARIES", tmp_path)
    with pytest.raises(DatasetError, match="no region for site japan of paper-2022"):
        geography.site_regions(load_dataset("paper-2022"))
