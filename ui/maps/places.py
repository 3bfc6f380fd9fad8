"""Where the map looks: the parts of the world that a data set's sites lie in, and the camera.

No streamlit, no network.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.areas import LABELS, by_area
from equity_core.inputs.places.extent import WORLD, Extent, extent_of

ALL = "all"
THE_WORLD = "world"
TILE = 512  # pixels around the world at zoom 0
WIDTH, NARROW_WIDTH, HALF_WIDTH, HEIGHT = 520, 330, 240, 320
"""Pixels of a map at least: on a laptop, on a phone, beside another one; from top to bottom."""
CLOSEST = 6.0


@dataclass(frozen=True)
class Place:
    """A part of the world, by the name on its button."""

    label: str
    extent: Extent


@dataclass(frozen=True)
class Camera:
    """Above the middle of an extent, as high as all of it is seen from."""

    extent: Extent
    longitude: float
    latitude: float
    zoom: float

    @property
    def pixel(self) -> float:
        """Degrees of longitude that a pixel shows."""
        return float(360 / TILE / 2**self.zoom)


def places_of(dataset: Dataset) -> Mapping[str, Place]:
    """What the map of a data set can look at, the first being what it opens with.

    All of its sites, each continent that holds some, and the world, as far as they differ.
    """
    return _places(tuple(places(dataset).values()))


def places(dataset: Dataset) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of each site."""
    columns = (dataset.sites[name].tolist() for name in ("longitude", "latitude"))
    return dict(zip(dataset.site_ids, zip(*columns, strict=True), strict=True))


@lru_cache(maxsize=16)
def _places(sites: tuple[tuple[float, float], ...]) -> Mapping[str, Place]:
    whole, areas = extent_of(sites), by_area(sites)
    found = {ALL: Place("World" if whole.is_wide else "All sites", whole)}
    if len(areas) > 1:
        found |= {name: Place(LABELS[name], extent_of(held)) for name, held in areas.items()}
    if not whole.is_wide:
        found[THE_WORLD] = Place("World", WORLD)
    return found


def place_of(dataset: Dataset, name: str) -> Place:
    """The place `name`; all sites where the data set has no such place."""
    known = places_of(dataset)
    return known.get(name, known[ALL])


def camera_for(extent: Extent, width: int = WIDTH) -> Camera:
    """The camera that shows all of `extent` on a map so many pixels wide."""
    south, north = (mercator(at) for at in (extent.south, extent.north))
    across = width / extent.width
    up = HEIGHT / (north - south)
    zoom = min(CLOSEST, math.log2(min(across, up) * 360 / TILE))
    return Camera(extent, extent.middle[0], _latitude((south + north) / 2), zoom)


def mercator(latitude: float) -> float:
    """How far north a latitude lies on the map, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def _latitude(mercator: float) -> float:
    return math.degrees(math.atan(math.sinh(math.radians(mercator))))
