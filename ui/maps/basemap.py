"""The basemap pictures: `python -m ui.maps.basemap` draws static/land*.png.

Pictures, because a browser without a graphics card draws every corner of a coast anew whenever the
map changes, which took longer than all else on the page; a picture takes it no time. Only their
opacity counts (land is opaque, sea and borders are not): the map gives them the theme's colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from PIL import Image, ImageDraw

from equity_core.inputs.places.geography import countries
from ui.maps.places import Camera, mercator

STATIC = Path(__file__).parents[2] / "static"
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


WORLD = (
    Picture("land-west.png", (-180.0, -57.0, 0.0, 84.0), 8),
    Picture("land-east.png", (0.0, -57.0, 180.0, 84.0), 8),
)
"""In two halves, which change sides on a map around the date line."""
_COLUMNS, _ROWS = (-180, -125, -75, -25, 45, 110, 180), (-57, -10, 33, 72)
CLOSE_UPS = tuple(
    Picture(f"land-{west % 360:03d}-{south % 180:03d}.png", (west, south, east, north), 24)
    for west, east in pairwise(_COLUMNS)
    for south, north in pairwise(_ROWS)
)
"""For maps that would show those halves coarse."""
_ENLARGED = 1.5
"""By how much a picture may be."""
_AROUND = 450, 220
"""Pixels of a map from its middle to its sides, and to its top and bottom."""


def pictures_for(camera: Camera) -> list[tuple[Picture, float]]:
    """What shows the land under a camera, and by how many degrees east each picture is moved."""
    close = 1 / camera.pixel > _ENLARGED * WORLD[0].density
    near = [picture for picture in CLOSE_UPS if close and _in_sight(picture, camera)]
    return [(picture, _moved(picture, camera)) for picture in (*WORLD, *near)]


def _moved(picture: Picture, camera: Camera) -> float:
    middle = (picture.bounds[0] + picture.bounds[2]) / 2
    return camera.extent.beside(middle) - middle


def _in_sight(picture: Picture, camera: Camera) -> bool:
    across, up = (pixels * camera.pixel for pixels in _AROUND)
    west, south, east, north = picture.bounds
    moved, middle = _moved(picture, camera), mercator(camera.latitude)
    beside = west + moved - across < camera.longitude < east + moved + across
    return beside and mercator(south) - up < middle < mercator(north) + up


@cache
def _coasts_and_borders() -> tuple[shapely.Geometry, shapely.Geometry]:
    frame = countries()
    shapes = frame[frame["id"] != ANTARCTICA].geometry
    land, borders = shapes.union_all(), shapely.union_all(shapely.boundary(shapes.array))
    return land, shapely.difference(borders, land.boundary)


def draw(picture: Picture) -> Image.Image:
    """The opacity of land within `picture`, as a picture in white."""
    around = shapely.box(*picture.bounds).buffer(1)
    land, borders = (shapely.intersection(part, around) for part in _coasts_and_borders())
    west, south, east, north = picture.bounds
    scale = picture.density * FINER
    size = round((east - west) * scale), round((mercator(north) - mercator(south)) * scale)
    canvas = Image.new("L", size)
    pen = ImageDraw.Draw(canvas)
    polygons = gpd.GeoSeries([land]).explode().array
    for polygon in sorted(polygons, key=lambda polygon: -polygon.area):
        pen.polygon(_pixels(polygon.exterior, picture, scale), fill=255)
        for lake in polygon.interiors:
            pen.polygon(_pixels(lake, picture, scale), fill=0)
    for line in gpd.GeoSeries([borders]).explode().array:
        pen.line(_pixels(line, picture, scale), fill=0, width=round(BORDER * FINER))
    opacity = canvas.resize((size[0] // FINER, size[1] // FINER), Image.Resampling.BOX)
    return Image.merge("LA", (Image.new("L", opacity.size, 255), opacity))


def _pixels(line: shapely.LineString, picture: Picture, scale: float) -> list[tuple[float, float]]:
    west, _, _, north = picture.bounds
    top = mercator(north)
    return [
        ((x - west) * scale, (top - mercator(y)) * scale)
        for x, y in np.asarray(line.coords).tolist()
    ]


if __name__ == "__main__":
    for part in (*WORLD, *CLOSE_UPS):
        draw(part).save(STATIC / part.file, optimize=True)
