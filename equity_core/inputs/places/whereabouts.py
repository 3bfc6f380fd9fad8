"""In which country a site lies, so that a slip in its coordinates is seen.

Apart from the data sets because geopandas is slow to import.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.ops import nearest_points

from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.codes import region_codes
from equity_core.inputs.places.distance import kilometres
from equity_core.inputs.places.geography import countries

NEAR_KM = 50.0  # coasts and borders of the map are simplified


@dataclass(frozen=True)
class Whereabouts:
    """Where a site lies.

    country     name of the country that it lies in or nearest to, `km` away
    named       name of the country that its code names, `named_km` away
    slip        what would put the site into the country that is named, or empty
    """

    site: str
    latitude: float
    longitude: float
    country: str
    km: float
    named: str
    named_km: float
    slip: str

    @property
    def astray(self) -> bool:
        """Whether it lies far from the country that is named."""
        return self.named_km > NEAR_KM


def whereabouts(dataset: Dataset) -> list[Whereabouts]:
    """For each site the country around it; countries by their land on the map."""
    land = countries().set_index("id")
    shapes, names = land.geometry.to_numpy(), land["name"].astype(str).to_numpy()
    tree, known = shapely.STRtree(shapes), region_codes()
    columns = (dataset.sites[name] for name in ("latitude", "longitude", "country"))
    found = []
    for site, latitude, longitude, code in zip(dataset.site_ids, *columns, strict=True):
        nearest = int(np.asarray(tree.nearest(shapely.Point(longitude, latitude))))
        named = known[code][1]
        away = _km(land.geometry[named], latitude, longitude)
        found.append(
            Whereabouts(
                site,
                latitude,
                longitude,
                names[nearest],
                _km(shapes[nearest], latitude, longitude),
                str(land["name"][named]),
                away,
                _slip(land.geometry[named], latitude, longitude) if away > NEAR_KM else "",
            )
        )
    return found


def _slip(land: shapely.Geometry, latitude: float, longitude: float) -> str:
    slips = {
        "latitude and longitude swapped": (longitude, latitude),
        "the other sign of the longitude": (latitude, -longitude),
        "the other sign of the latitude": (-latitude, longitude),
    }
    for words, (north, east) in slips.items():
        if abs(north) <= 90 and _km(land, north, east) <= NEAR_KM:
            return words
    return ""


def _km(land: shapely.Geometry, latitude: float, longitude: float) -> float:
    """Kilometres from a place to the nearest point of a country; 0 inside."""
    place = shapely.Point(longitude, latitude)
    if land.covers(place):
        return 0.0
    near = nearest_points(land, place)[0]
    return float(kilometres(latitude, longitude, near.y, near.x))
