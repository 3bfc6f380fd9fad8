"""The polygons of regions, as coarse as a map shows them. No streamlit, no network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.geography import site_regions, unrolled
from ui.maps.places import Camera

COARSE = 0.4
"""Pixels by which edges may be straightened."""
THIN, THICK = 0.7, 2.0
"""Pixels: the edge of a region, and of the one whose factors are open."""


@dataclass(frozen=True)
class Shape:
    """One polygon of a site's region, for a map on which a pixel is `pixel` degrees wide.

    Its rings are text: JSON of [longitude, latitude] pairs, for `CompactDeck` to take as it is.
    Edges are what a smaller polygon leaves free: lines would need a shader of their own, which
    takes a browser without a graphics card half a second to compile.
    """

    site: str
    polygon: Polygon
    pixel: float

    @property
    def size(self) -> float:
        """Degrees from side to side or from top to bottom, whichever is more."""
        west, south, east, north = self.polygon.bounds
        return float(max(east - west, north - south))

    @cached_property
    def outer(self) -> str:
        """The whole polygon."""
        return self._text(self.polygon)

    @cached_property
    def within_thin(self) -> str:
        """What a thin edge leaves free."""
        return self._text(self._within(THIN))

    @cached_property
    def within_thick(self) -> str:
        """What a thick edge leaves free."""
        return self._text(self._within(THICK))

    def _within(self, edge: float) -> Polygon:
        inner = self.polygon.buffer(-edge * self.pixel / 2, join_style="mitre")
        return _large(inner, 0.0)[0] if not inner.is_empty else self.polygon

    def _text(self, polygon: Polygon) -> str:
        digits = 2 if self.pixel > 0.1 else 3
        ring = [[round(x, digits), round(y, digits)] for x, y in polygon.exterior.coords]
        return f"@{json.dumps(ring, separators=(',', ':'))}@"


def shapes_of(dataset: Dataset, camera: Camera) -> tuple[Shape, ...]:
    """The polygons of every region, holes left out, as the camera sees them.

    Edges are straightened and the smallest islands left out: a browser without a graphics card
    draws every corner with every change.
    """
    pixel, coarse = camera.pixel, COARSE * camera.pixel
    regions = unrolled(site_regions(dataset).geometry, camera.extent)
    return tuple(
        Shape(str(site), polygon, pixel)
        for site, region in regions.simplify(coarse).items()
        for polygon in _large(region, 2 * coarse**2)
    )


def _large(region: BaseGeometry, area: float) -> list[Polygon]:
    """The polygons of a region that are not smaller than `area`, at least the largest."""
    polygons = sorted(getattr(region, "geoms", [region]), key=lambda polygon: -polygon.area)
    return [polygon for polygon in polygons if polygon.area >= area] or polygons[:1]
