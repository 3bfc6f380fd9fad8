"""Continents by place, and the box around places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core.inputs.places.areas import LABELS, area_of, by_area
from equity_core.inputs.places.extent import extent_of

PLACES = st.lists(st.tuples(st.floats(-180, 180), st.floats(-80, 80)), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("area", "places"),
    {
        "europe": [
            (-9, 38.7),
            (28.97, 41.01),
            (37.6, 55.8),
            (-22, 64.1),
            (14.5, 35.9),
            (28.2, 36.4),
        ],
        "africa": [(-5.8, 35.8), (10.2, 36.8), (31.2, 30.0), (57.5, -20.2), (43.1, 11.6)],
        "asia": [
            (35.2, 31.8),
            (29.06, 40.99),
            (27.1, 38.4),
            (131.9, 43.1),
            (115.2, -8.7),
            (60.6, 57),
        ],
        "oceania": [(131, -12.5), (178.4, -18.1), (147.2, -9.4), (-157.8, 21.3), (144.8, 13.4)],
        "north-america": [(-79.5, 9), (-51.7, 64.2), (-150, 61.2), (-66.1, 18.4), (-59.6, 13.1)],
        "south-america": [(-74, 4.7), (-75.5, 10.4), (-52.3, 4.9), (-91, -0.7), (-109.4, -27.1)],
    }.items(),
)
def test_towns_near_the_edge_lie_on_their_continent(area, places):
    assert [area_of(*place) for place in places] == [area] * len(places)


@given(PLACES)
def test_every_place_lies_on_one_continent(places):
    held = by_area(places)
    assert sorted(place for some in held.values() for place in some) == sorted(places)
    assert list(held) == [name for name in LABELS if name in held]


@given(PLACES)
def test_the_box_holds_every_place_and_no_more_than_the_world(places):
    extent = extent_of(places)
    assert 0 < extent.width <= 360 + 1e-9
    assert -180 <= extent.middle[0] <= 180
    for longitude, latitude in places:
        assert extent.west <= extent.beside(longitude) <= extent.east
        assert extent.south <= latitude <= extent.north


@given(
    st.lists(st.tuples(st.floats(-20, 20), st.floats(-60, 60)), min_size=1), st.floats(-180, 180)
)
def test_the_box_is_as_small_wherever_on_the_globe(places, turn):
    turned = [((x + turn + 180) % 360 - 180, y) for x, y in places]
    assert abs(extent_of(turned).width - extent_of(places).width) < 1e-6
