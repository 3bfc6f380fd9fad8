"""The part of the world that places lie in, whichever side of the date line."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

LEAST_MARGIN = 3.0
"""Degrees of latitude around the outermost places, at least."""
MARGIN = 0.06
"""Of the size, around the outermost places."""
NORTH, SOUTH = 84.0, -80.0
"""Where a Mercator map ends."""


@dataclass(frozen=True)
class Extent:
    """A box in degrees: west < east and at most 360 apart, the middle within -180 to 180.

    One side lies beyond ±180 where the box holds the date line.
    """

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Degrees of longitude."""
        return self.east - self.west

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @property
    def holds_date_line(self) -> bool:
        """Whether the box reaches across ±180."""
        return self.west < -180 or self.east > 180

    @property
    def is_wide(self) -> bool:
        """Whether no close-up shows it: it takes a map of the world."""
        return self.width > 150

    def beside(self, longitude: float) -> float:
        """The longitude, plus or minus 360 where that brings it to this side of the date line."""
        if not self.holds_date_line:
            return longitude
        start = self.middle[0] - 180
        return (longitude - start) % 360 + start

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a place lies in the box."""
        across = self.west <= self.beside(longitude) <= self.east
        return across and self.south <= latitude <= self.north


WORLD = Extent(-170.0, -56.0, 180.0, 75.0)


def extent_of(places: Iterable[tuple[float, float]]) -> Extent:
    """The smallest box around places (longitude, latitude), with a margin; at least one place.

    Across the date line only where that makes a close-up of what would else take the whole world.
    """
    longitudes, latitudes = zip(*places, strict=True)
    west, east = _arc(longitudes)
    south, north = min(latitudes), max(latitudes)
    up = max(LEAST_MARGIN, MARGIN * (north - south))
    narrowest = math.cos(math.radians(min(75.0, max(abs(south), abs(north)))))
    aside = min(max(LEAST_MARGIN / narrowest, MARGIN * (east - west)), (360 - east + west) / 2)
    return Extent(west - aside, max(SOUTH, south - up), east + aside, min(NORTH, north + up))


def _arc(longitudes: Iterable[float]) -> tuple[float, float]:
    """The western and the eastern end of the stretch that holds all longitudes."""
    order = sorted(longitudes)
    straight = order[0], order[-1]
    gap, at = max((after - before, at) for at, (before, after) in enumerate(_pairs(order)))
    if at == len(order) - 1 or 360 - gap > 180:
        return straight
    west, east = order[at + 1], order[at] + 360
    return (west, east) if west + east <= 360 else (west - 360, east - 360)


def _pairs(order: list[float]) -> Iterable[tuple[float, float]]:
    """Neighbours going east, the last with the first."""
    return zip(order, [*order[1:], order[0] + 360], strict=True)
