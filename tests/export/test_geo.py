"""Regions as GeoJSON."""

import json
from dataclasses import replace

import geopandas as gpd
import pyogrio
import pytest
import shapely

from equity_core.export.geo import regions_geojson, regions_geopackage
from equity_core.export.tables import regions_export


@pytest.fixture(scope="module")
def layers(comparison, dataset, tmp_path_factory):
    """The files on disk, by format."""
    folder = tmp_path_factory.mktemp("layers")
    makers = {"geojson": regions_geojson, "gpkg": regions_geopackage}
    for name, make in makers.items():
        (folder / f"regions.{name}").write_bytes(make(comparison, dataset))
    return {name: folder / f"regions.{name}" for name in makers}


@pytest.fixture(params=["geojson", "gpkg"])
def frame(layers, request):
    return gpd.read_file(layers[request.param])


def test_geopandas_reads_figures_units_and_origin(frame, comparison, dataset):
    assert frame.crs.to_epsg() == 4326
    assert list(frame["site"]) == list(dataset.site_ids)
    expected = regions_export(comparison).whole()
    assert set(expected.columns) <= set(frame.columns)
    for column in ("water_m3_after", "carbon_t_change", "cost_usd_before", "energy_mwh_change_pct"):
        assert list(frame[column]) == list(expected[column])
        assert frame[column].dtype == float
    assert list(frame["worse"].astype(bool)) == list(expected["worse"])
    assert set(frame["fingerprint"]) == {comparison.after.fingerprint}
    assert frame.geometry.is_valid.all()


def test_rings_turn_and_places_lie_as_the_standards_ask(frame, dataset):
    for shape in frame.geometry:
        for polygon in shapely.get_parts(shape):
            assert polygon.exterior.is_ccw
            assert not any(hole.is_ccw for hole in polygon.interiors)
            west, south, east, north = polygon.bounds
            assert -180 <= west <= east <= 180
            assert -90 <= south <= north <= 90
    for site, shape in zip(frame["site"], frame.geometry, strict=True):
        place = dataset.sites.loc[site]
        assert shape.distance(shapely.Point(place["longitude"], place["latitude"])) < 0.2


def test_geojson_has_no_crs_member_and_unknown_figures_are_null(comparison, dataset):
    zero = comparison.before.burdens.copy()
    zero.loc["texas", "water_m3"] = 0.0
    against_zero = comparison.after.compare(replace(comparison.before, burdens=zero))
    collection = json.loads(regions_geojson(against_zero, dataset))
    assert "crs" not in collection
    texas = next(feature for feature in collection["features"] if feature["id"] == "texas")
    assert texas["properties"]["water_m3_change_pct"] is None


def test_the_geopackage_says_what_it_is(layers, comparison):
    info = pyogrio.read_info(layers["gpkg"], layer="regions")
    assert info["geometry_type"] == "MultiPolygon"
    assert info["crs"] == "EPSG:4326"
    assert info["dataset_metadata"]["fingerprint"] == comparison.after.fingerprint


def test_the_same_result_is_the_same_bytes(layers, comparison, dataset):
    assert regions_geojson(comparison, dataset) == layers["geojson"].read_bytes()
    assert regions_geopackage(comparison, dataset) == layers["gpkg"].read_bytes()
