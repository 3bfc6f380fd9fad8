"""Continents, as a reader of a map expects them: by place, since a site may name no country.

Drawn by hand along the middle of the seas between them; on land along the Urals, the Caucasus,
the Bosporus, Suez and the Darien. They are for finding one's way on a map and for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

import shapely

LABELS = MappingProxyType(
    {
        "europe": "Europe",
        "north-america": "North America",
        "south-america": "South America",
        "africa": "Africa",
        "asia": "Asia",
        "oceania": "Oceania",
    }
)

_MEDITERRANEAN = [
    (-25, 34.5), (-6.5, 35.93), (-5.3, 35.95), (-3, 36), (3, 38.2), (9, 38.2), (10.5, 38),
    (11.5, 36.9), (13, 35.2), (16, 35), (20, 34), (24, 33.9), (28.3, 34.8),
]  # fmt: skip
_BOSPORUS = [
    (28.8, 35.8), (28.6, 36.2), (27.9, 36.65), (27.35, 36.95), (27.1, 37.2), (27, 37.8),
    (26.25, 38.4), (26.6, 39.2), (25.9, 39.9), (26.2, 40.05), (27, 40.5), (28.9, 40.9),
    (29.03, 41.03), (29.15, 41.25), (30, 43),
]  # fmt: skip
_URALS = [
    (38, 43.4), (40, 43.4), (44, 42.8), (47.5, 41.8), (49, 41.9), (51.6, 46.8), (51.5, 51.2),
    (59, 52), (60, 60), (66, 68.5), (68, 75), (65, 90),
]  # fmt: skip
_SUEZ = [
    (32, 32.4), (32.3, 31.4), (32.55, 29.9), (34, 27.5), (37.5, 22), (40, 16.5), (42.8, 13),
    (43.4, 12.4), (45, 11.9), (52, 13.5), (60, 8),
]  # fmt: skip
_DARIEN = [(-93, 2), (-85, 5), (-78.5, 6.5), (-77.3, 8.5), (-75, 12.5), (-60.3, 11.7), (-50, 15)]
_WALLACE = [
    (95, -13), (120, -11.3), (127, -9.7), (131, -8.5), (141, -9.5), (141, 0), (130, 4), (131, 15),
    (140, 21), (150, 26), (180, 40),
]  # fmt: skip
_OUTLINES = {
    "europe": [(-30, 50), (-35, 34.5), *_MEDITERRANEAN, *_BOSPORUS, *_URALS, (-10, 90), (-28, 64)],
    "north-america": [(-180, 48), (-130, 20), *_DARIEN, (-30, 50), (-28, 64), (-10, 90), (-169, 90),
                      (-169, 64), (-180, 58)],
    "south-america": [*_DARIEN, (-30, 0), (-30, -62), (-80, -62), (-112, -25)],
    "africa": [(-30, 10), *_MEDITERRANEAN, *_SUEZ, (62, -35), (20, -55), (-20, -45)],
    "asia": [(28.3, 34.8), *_BOSPORUS, *_URALS, (180, 90), *reversed(_WALLACE), (62, -10),
             *reversed(_SUEZ)],
    "oceania": [*_WALLACE, (180, -62), (95, -62)],
}  # fmt: skip
_BEYOND = {
    "asia": [(-180, 90), (-169, 90), (-169, 64), (-180, 58)],
    "oceania": [(-180, 40), (-150, 32), (-130, 20), (-112, -25), (-120, -62), (-180, -62)],
}
"""What lies beyond the date line."""
_SHAPES = {
    name: shapely.MultiPolygon(
        [shapely.Polygon(ring) for ring in (outline, _BEYOND.get(name)) if ring]
    )
    for name, outline in _OUTLINES.items()
}


def area_of(longitude: float, latitude: float) -> str:
    """The continent of a place, or the nearest one: a key of `LABELS`."""
    place = shapely.Point((longitude + 180) % 360 - 180, latitude)
    return min(_SHAPES, key=lambda name: _SHAPES[name].distance(place))


def by_area(places: Iterable[tuple[float, float]]) -> dict[str, list[tuple[float, float]]]:
    """The places (longitude, latitude) on each continent that holds any, ordered as `LABELS`."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in LABELS}
    for place in places:
        found[area_of(*place)].append(place)
    return {name: held for name, held in found.items() if held}
