"""The map opens on its sites, and its buttons are the continents that hold some."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core import load_dataset
from ui.maps import basemap
from ui.maps.places import (
    ALL,
    HALF_WIDTH,
    HEIGHT,
    NARROW_WIDTH,
    WIDTH,
    camera_for,
    mercator,
    place_of,
    places_of,
)
from ui.maps.polygons import shapes_of
from ui.maps.view import read_view

PAPER = load_dataset("paper-2022")
SPAIN = ((40.4, -3.7), (41.4, 2.2), (41.65, -0.9), (37.4, -6.0), (43.3, -2.9))
PACIFIC = ((-18.1, 178.4), (-13.8, -171.8), (-36.8, 174.8), (-21.1, -175.2), (-17.7, 168.3))
SOUTH = ((-33.9, 151.2), (-33.9, 18.4), (-23.5, -46.6), (-33.4, -70.7), (6.5, 3.4))


def placed(*places):
    """The paper's data set with its first sites elsewhere."""
    sites = PAPER.sites.iloc[: len(places)].copy()
    sites[["latitude", "longitude"]] = places
    sites["country"], sites["subdivision"] = "ESP", ""
    return replace(PAPER, sites=sites)


def labels(dataset):
    return [place.label for place in places_of(dataset).values()]


def test_buttons_are_the_continents_that_hold_sites():
    assert labels(PAPER) == ["World", "Europe", "North America", "Asia"]
    assert labels(placed(*SPAIN)) == ["All sites", "World"]
    assert labels(placed(*SOUTH)) == ["World", "South America", "Africa", "Oceania"]


@given(
    st.lists(st.tuples(st.floats(-80, 80), st.floats(-180, 180)), min_size=1, max_size=10),
    st.sampled_from((WIDTH, NARROW_WIDTH, HALF_WIDTH)),
)
def test_every_place_has_all_its_sites_in_sight(places, width):
    dataset = placed(*places)
    for name, place in places_of(dataset).items():
        camera = camera_for(place.extent, width)
        wide = width / 2
        assert -180 <= camera.longitude <= 180
        for latitude, longitude in places:
            if name == ALL or place.extent.holds(longitude, latitude):
                across = place.extent.beside(longitude) - camera.longitude
                up = mercator(latitude) - mercator(camera.latitude)
                assert abs(across) / camera.pixel <= wide + 1e-6
                assert abs(up) / camera.pixel <= HEIGHT / 2 + 1


def test_neighbours_across_the_date_line_stand_side_by_side():
    dataset = placed(*PACIFIC)
    camera = camera_for(places_of(dataset)[ALL].extent)
    assert camera.extent.width < 40
    east = [camera.extent.beside(longitude) for _, longitude in PACIFIC]
    assert max(east) - min(east) < 21
    for shape in shapes_of(dataset, camera):
        west, _, right, _ = shape.polygon.bounds
        assert camera.longitude - 180 <= west <= right <= camera.longitude + 180
    moved = {picture.file: by for picture, by in basemap.pictures_for(camera)}
    assert sorted(abs(moved[half.file]) for half in basemap.WORLD) == [0, 360]


def test_close_up_land_is_drawn_fine_and_the_world_light():
    spain = camera_for(places_of(placed(*SPAIN))[ALL].extent)
    assert {p.density for p, _ in basemap.pictures_for(spain)} == {8, 24}
    paper = camera_for(places_of(PAPER)[ALL].extent)
    assert [p.density for p, _ in basemap.pictures_for(paper)] == [8, 8]


@pytest.mark.parametrize(("asked", "shown"), [("all", "all"), ("europe", "europe"), ("x", "all")])
def test_a_place_of_another_data_set_is_all_of_this_one(asked, shown):
    assert place_of(PAPER, asked) == places_of(PAPER)[shown]


def test_links_that_ask_for_the_world_still_do():
    view, problems = read_view({"show_place": "world"}, PAPER)
    assert (view.place, problems) == ("all", [])
    view, problems = read_view({"show_place": "world"}, placed(*SPAIN))
    assert (view.place, problems) == ("world", [])
