"""The basemap pictures: `python -m ui.basemap` draws static/land*.png from the bundled countries.

Pictures, because a browser without a graphics card draws every corner of a coast anew whenever the
map changes, which took longer than all else on the page; a picture takes it no time. Only their
opacity counts (land is opaque, sea and borders are not): the map gives them the theme's colour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from PIL import Image, ImageDraw

from equity_core.inputs.geography import countries

STATIC = Path(__file__).parents[1] / "static"
FINER = 4
"""Pixels are drawn so many times finer, then merged: smooth edges."""
BORDER = 0.8
"""Pixels of a border."""
ANTARCTICA = "010"  # nobody lives there, and on a Mercator map it takes a third of the space


@dataclass(frozen=True)
class Picture:
    """A part of the world in Mercator's projection.

    bounds   west, south, east, north in degrees
    density  pixels per degree of longitude
    """

    file: str
    bounds: tuple[float, float, float, float]
    density: int

    @property
    def url(self) -> str:
        """Where the browser finds it, relative to the page."""
        return f"app/static/{self.file}"


WORLD = Picture("land.png", (-180.0, -57.0, 180.0, 84.0), 8)
EUROPE = Picture("land-europe.png", (-25.0, 33.0, 45.0, 72.0), 24)


def draw(picture: Picture) -> Image.Image:
    """The opacity of land within `picture`, as a picture in white."""
    frame = countries()
    shapes = frame[frame["id"] != ANTARCTICA].geometry
    land, borders = shapes.union_all(), shapely.union_all(shapely.boundary(shapes.array))
    west, south, east, north = picture.bounds
    scale = picture.density * FINER
    size = round((east - west) * scale), round((_mercator(north) - _mercator(south)) * scale)
    canvas = Image.new("L", size)
    pen = ImageDraw.Draw(canvas)
    polygons = gpd.GeoSeries([land]).explode().array
    for polygon in sorted(polygons, key=lambda polygon: -polygon.area):
        pen.polygon(_pixels(polygon.exterior, picture, scale), fill=255)
        for lake in polygon.interiors:
            pen.polygon(_pixels(lake, picture, scale), fill=0)
    for line in gpd.GeoSeries([shapely.difference(borders, land.boundary)]).explode().array:
        pen.line(_pixels(line, picture, scale), fill=0, width=round(BORDER * FINER))
    opacity = canvas.resize((size[0] // FINER, size[1] // FINER), Image.Resampling.BOX)
    return Image.merge("LA", (Image.new("L", opacity.size, 255), opacity))


def _pixels(line: shapely.LineString, picture: Picture, scale: float) -> list[tuple[float, float]]:
    west, _, _, north = picture.bounds
    top = _mercator(north)
    return [
        ((x - west) * scale, (top - _mercator(y)) * scale)
        for x, y in np.asarray(line.coords).tolist()
    ]


def _mercator(latitude: float) -> float:
    """In degrees of longitude."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


if __name__ == "__main__":
    for part in (WORLD, EUROPE):
        draw(part).save(STATIC / part.file, optimize=True)
