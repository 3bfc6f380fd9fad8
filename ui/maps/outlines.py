"""The map as plain lines and numbers, for a picture that the browser colours anew by itself.

Mercator's projection, in pixels from the upper left corner. No streamlit, no network.
"""

from __future__ import annotations

import json
from typing import Any

from equity_core.inputs.dataset import Dataset
from ui.maps import basemap
from ui.maps.places import Camera, mercator, places
from ui.maps.polygons import Shape

WIDTH, HEIGHT = 640, 340
Outline = dict[str, Any]


def outline(dataset: Dataset, shapes: tuple[Shape, ...], camera: Camera) -> Outline:
    """Land as pictures, regions as paths, sites as points; sites by their number."""
    number = {site: at for at, site in enumerate(dataset.site_ids)}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "land": _land(camera),
        "regions": [{"site": number[shape.site], "path": _path(shape, camera)} for shape in shapes],
        "sites": [
            {"site": number[site], "x": x, "y": y}
            for site, (longitude, latitude) in places(dataset).items()
            for x, y in [point(camera.extent.beside(longitude), latitude, camera)]
        ],
    }


def point(longitude: float, latitude: float, camera: Camera) -> tuple[float, float]:
    """Where a place lies, in pixels."""
    across = (longitude - camera.longitude) / camera.pixel
    up = (mercator(latitude) - mercator(camera.latitude)) / camera.pixel
    return round(WIDTH / 2 + across, 1), round(HEIGHT / 2 - up, 1)


def _land(camera: Camera) -> list[Outline]:
    pictures = []
    for picture, east in basemap.pictures_for(camera):
        west, south, right, north = picture.bounds
        left, top = point(west + east, north, camera)
        end, bottom = point(right + east, south, camera)
        size = {"width": round(end - left, 1), "height": round(bottom - top, 1)}
        pictures.append({"url": picture.url, "x": left, "y": top, **size})
    return pictures


def _path(shape: Shape, camera: Camera) -> str:
    corners = [point(x, y, camera) for x, y in json.loads(shape.outer.strip("@"))]
    return f"M{'L'.join(f'{x:g},{y:g}' for x, y in corners)}Z"
