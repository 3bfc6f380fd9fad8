"""Distances against hand cases."""

import numpy as np
import pytest
from pytest import approx

from equity_core.inputs.places.distance import EARTH_KM, kilometres

QUARTER = np.pi * EARTH_KM / 2


@pytest.mark.parametrize(
    ("place", "other", "expected"),
    [
        ((48.0, 11.0), (48.0, 11.0), 0.0),
        ((0.0, 0.0), (0.0, 90.0), QUARTER),
        ((90.0, 12.0), (0.0, -77.0), QUARTER),
        ((30.0, 20.0), (-30.0, -160.0), 2 * QUARTER),
        ((0.0, 179.0), (0.0, -179.0), QUARTER / 45),
        ((60.0, 0.0), (60.0, 180.0), QUARTER * 2 / 3),
    ],
)
def test_great_circles_known_by_hand(place, other, expected):
    assert kilometres(*place, *other) == approx(expected, abs=1e-6)
    assert kilometres(*other, *place) == approx(expected, abs=1e-6)


def test_every_place_meets_every_other_when_broadcast():
    latitude, longitude = np.array([10.0, 50.0, -33.0]), np.array([0.0, 8.0, 151.0])
    table = kilometres(latitude[:, None], longitude[:, None], latitude, longitude)
    assert table.shape == (3, 3)
    assert table[0, 2] == approx(float(kilometres(10.0, 0.0, -33.0, 151.0)))
    assert np.array_equal(table, table.T)
