import json
from dataclasses import replace
from io import BytesIO

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from equity_core.outcome.files import (
    frontier_csv,
    neutralised,
    regions_csv,
    regions_frame,
    regions_geojson,
)


def test_the_regions_come_back_from_csv_to_the_last_digit(comparison):
    again = pd.read_csv(BytesIO(regions_csv(comparison)))
    again = again.set_index("site")
    pd.testing.assert_frame_equal(again[comparison.table.columns], comparison.table, rtol=0, atol=0)
    assert list(again["name"]) == list(comparison.after.site_names.values())


def test_plain_read_csv_understands_every_column(comparison):
    again = pd.read_csv(BytesIO(regions_csv(comparison)))
    numeric = [column for column in again if column.endswith(("_before", "_after", "_change"))]
    assert len(numeric) == 12
    assert all(again[column].dtype == float for column in numeric)
    assert again["worse"].dtype == bool
    assert set(again["data_version"]) == {comparison.after.data_version}


def test_csv_carries_its_origin_on_every_row(comparison):
    again = pd.read_csv(BytesIO(regions_csv(comparison)), dtype=str)
    assert set(again["fingerprint"]) == {comparison.after.fingerprint}
    assert set(again["baseline_fingerprint"]) == {comparison.before.fingerprint}
    assert again["product_version"].notna().all()


def test_the_frontier_comes_back_from_csv_to_the_last_digit(curve, outcomes):
    text = frontier_csv(curve, outcomes["equity"])
    again = pd.read_csv(BytesIO(text))
    pd.testing.assert_frame_equal(
        again[curve.columns], curve.reset_index(drop=True), rtol=0, atol=0
    )
    assert set(again["fingerprint"]) == {outcomes["equity"].fingerprint}


def test_the_same_result_is_the_same_bytes(comparison, dataset):
    assert regions_csv(comparison) == regions_csv(comparison)
    assert regions_geojson(comparison, dataset) == regions_geojson(comparison, dataset)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_text_that_a_spreadsheet_would_run_is_neutralised(comparison, start):
    names = comparison.after.site_names | {"texas": f"{start}HYPERLINK(1)"}
    renamed = replace(comparison.after, site_names=names).compare(comparison.before)
    again = pd.read_csv(BytesIO(regions_csv(renamed)), index_col="site")
    assert again.loc["texas", "name"].startswith(f"'{start}")


def test_line_breaks_in_a_name_do_not_break_the_row(comparison):
    names = comparison.after.site_names | {"texas": "Te\rx\nas"}
    renamed = replace(comparison.after, site_names=names).compare(comparison.before)
    again = pd.read_csv(BytesIO(regions_csv(renamed)), index_col="site")
    assert again.loc["texas", "name"] == "Te x as"


def test_negative_numbers_are_left_alone(comparison):
    again = pd.read_csv(BytesIO(regions_csv(comparison)), index_col="site")
    assert again["water_m3_change"].min() < 0
    assert neutralised(-1.5) == -1.5
    assert neutralised("Texas") == "Texas"


def test_geojson_opens_in_geopandas_with_figures_and_units(comparison, dataset):
    frame = gpd.read_file(BytesIO(regions_geojson(comparison, dataset)))
    assert frame.crs.to_epsg() == 4326
    assert list(frame["site"]) == list(dataset.site_ids)
    expected = regions_frame(comparison)
    for column in ("water_m3_after", "carbon_t_change", "cost_usd_before", "energy_mwh_change_pct"):
        assert list(frame[column]) == list(expected[column])
    assert set(frame["fingerprint"]) == {comparison.after.fingerprint}
    assert frame.geometry.is_valid.all()


def test_geojson_keeps_to_the_standard(comparison, dataset):
    collection = json.loads(regions_geojson(comparison, dataset))
    assert "crs" not in collection
    for feature in collection["features"]:
        for polygon in shapely.get_parts(shapely.geometry.shape(feature["geometry"])):
            assert polygon.exterior.is_ccw
            assert not any(hole.is_ccw for hole in polygon.interiors)
            west, south, east, north = polygon.bounds
            assert -180 <= west <= east <= 180
            assert -90 <= south <= north <= 90


def test_a_region_lies_where_its_site_is(comparison, dataset):
    frame = gpd.read_file(BytesIO(regions_geojson(comparison, dataset))).set_index("site")
    for site, place in dataset.sites.iterrows():
        point = shapely.Point(place["longitude"], place["latitude"])
        assert frame.geometry[site].distance(point) < 0.2


def test_unknown_figures_are_null(comparison, dataset):
    zero = comparison.before.burdens.copy()
    zero.loc["texas", "water_m3"] = 0.0
    against_zero = comparison.after.compare(replace(comparison.before, burdens=zero))
    features = json.loads(regions_geojson(against_zero, dataset))["features"]
    texas = next(feature for feature in features if feature["id"] == "texas")
    assert texas["properties"]["water_m3_change_pct"] is None
