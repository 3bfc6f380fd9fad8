"""How far places lie apart."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from equity_core.arrays import Floats

EARTH_KM = 6371.0
"""Mean radius of the earth: great circles are circles of this globe."""


def kilometres(
    latitude: npt.ArrayLike,
    longitude: npt.ArrayLike,
    to_latitude: npt.ArrayLike,
    to_longitude: npt.ArrayLike,
) -> Floats:
    """Kilometres along the great circle between places in degrees, broadcast against each other."""
    arrays = np.broadcast_arrays(longitude, latitude, to_longitude, to_latitude)
    metres: Floats = _globe().inv(*(np.array(a, np.float64) for a in arrays))[2]
    return metres / 1000


@cache
def _globe():  # type: ignore[no-untyped-def]  # pyproj is imported late
    # Costs a tenth of a second: only who has a distance to measure waits for it.
    from pyproj.geod import Geod  # noqa: PLC0415

    return Geod(a=1000 * EARTH_KM, b=1000 * EARTH_KM)
