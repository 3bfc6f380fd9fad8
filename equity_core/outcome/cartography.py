"""Drawing on a projected map: panels, region shapes and markers.

Only matplotlib's object-oriented interface is used, so pictures can be drawn in several threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import Polygon
from matplotlib.path import Path
from pyproj import Transformer

from equity_core.outcome.colours import RGB

LONGITUDE_LATITUDE = "EPSG:4326"
INK = "#22303a"
MUTED = "#5c6870"
LAND = "#e7e5de"
SEA = "#f1f4f6"
PAPER = "#ffffff"
BORDER = "#b9c1c6"
HAIR_POINTS = 0.15  # detail finer than this cannot be seen in print


@dataclass(frozen=True)
class Site:
    """A marker: where it stands (degrees), its name, its value as text and its colour."""

    longitude: float
    latitude: float
    name: str
    value: str
    colour: RGB


@dataclass(frozen=True)
class Frame:
    """A projection (pyproj string) and the part of the world it shows, in degrees."""

    projection: str
    west: float
    south: float
    east: float
    north: float

    def project(self, longitude: Sequence[float], latitude: Sequence[float]) -> np.ndarray:
        """Projected metres, shape [n, 2]."""
        transformer = Transformer.from_crs(LONGITUDE_LATITUDE, self.projection, always_xy=True)
        return np.column_stack(transformer.transform(longitude, latitude))

    def holds(self, site: Site) -> bool:
        """Whether a site stands inside the frame."""
        across = self.west <= site.longitude <= self.east
        return across and self.south <= site.latitude <= self.north

    def outline(self) -> np.ndarray:
        """The border of the frame as projected points, dense enough to show its curve."""
        across = np.linspace(self.west, self.east, 90)
        up = np.linspace(self.south, self.north, 90)
        longitude = [across, np.full(90, self.east), across[::-1], np.full(90, self.west)]
        latitude = [np.full(90, self.south), up, np.full(90, self.north), up[::-1]]
        return self.project(list(np.concatenate(longitude)), list(np.concatenate(latitude)))


WORLD = Frame("+proj=robin +lon_0=0 +datum=WGS84", -180, -57, 180, 78)


def europe(sites: Iterable[Site], regions: gpd.GeoSeries) -> Frame | None:
    """A frame around the European sites and their regions; None when fewer than two lie there."""
    box = shapely.box(-11.0, 35.0, 32.0, 67.0)
    points = [shapely.Point(site.longitude, site.latitude) for site in sites]
    inside = [point for point in points if box.contains(point)]
    if len(inside) < 2:
        return None
    cut = shapely.clip_by_rect(regions.to_numpy(), *box.bounds)
    shapes = [shape for shape in cut if not shape.is_empty]
    west, south, east, north = shapely.total_bounds(np.array([*inside, *shapes]))
    middle = f"+proj=laea +lat_0={(south + north) / 2:.1f} +lon_0={(west + east) / 2:.1f}"
    return Frame(f"{middle} +datum=WGS84", west - 1.5, south - 0.7, east + 1.5, north + 0.7)


def show_frame(axes: Axes, frame: Frame) -> None:
    """Fit the axes around the frame, keeping the shape of the axes' box and equal scales."""
    border = frame.outline()
    low, high = border.min(axis=0), border.max(axis=0)
    size = axes.get_window_extent()
    middle, spread = (low + high) / 2, high - low
    metres = max(spread[0] / size.width, spread[1] / size.height)
    half = metres * np.array([size.width, size.height]) / 2
    axes.set_xlim(middle[0] - half[0], middle[0] + half[0])
    axes.set_ylim(middle[1] - half[1], middle[1] + half[1])
    axes.set_xticks([])
    axes.set_yticks([])


def draw_panel(
    axes: Axes,
    frame: Frame,
    land: gpd.GeoSeries,
    regions: gpd.GeoSeries,
    fills: list[tuple[float, float, float]],
) -> None:
    """Sea, land and the filled regions (colours 0 to 1) of one frame."""
    whole = frame == WORLD
    show_frame(axes, frame)
    axes.set_facecolor("none" if whole else SEA)
    if whole:
        axes.add_patch(Polygon(frame.outline(), facecolor=SEA, edgecolor="none", zorder=0))
    for side in axes.spines.values():
        side.set(visible=not whole, color=BORDER, linewidth=0.8)
    draw_shapes(axes, land, frame, [LAND] * len(land), PAPER, 0.4)
    draw_shapes(axes, regions, frame, fills, INK, 0.35 if whole else 0.5)


def draw_shapes(
    axes: Axes,
    shapes: gpd.GeoSeries,
    frame: Frame,
    fills: Sequence[object],
    edge: str,
    width: float,
) -> None:
    """Fill each shape (degrees) with its colour; one collection, so that files stay small."""
    cut = shapely.clip_by_rect(shapes.to_numpy(), *_window(frame))
    projected = gpd.GeoSeries(cut, crs=shapes.crs).to_crs(frame.projection)
    hair = HAIR_POINTS * _metres_per_point(axes)
    drawn = [_visible(shape, hair) for shape in projected.simplify(hair)]
    kept = [(shape, fill) for shape, fill in zip(drawn, fills, strict=True) if shape.area > 0]
    axes.add_collection(
        PathCollection(
            [_path(shape) for shape, _ in kept],
            facecolors=[fill for _, fill in kept],
            edgecolors=edge,
            linewidths=width,
            transform=axes.transData,
        ),
        autolim=False,
    )


def _visible(shape: shapely.Geometry, hair: float) -> shapely.Geometry:
    """The parts that are larger than a speck of four hairs; the largest in any case."""
    parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
    seen = [part for at, part in enumerate(parts) if at == 0 or part.area > (4 * hair) ** 2]
    return shapely.geometrycollections(seen)


def _metres_per_point(axes: Axes) -> float:
    west, east = axes.get_xlim()
    pixels = axes.get_window_extent().width
    return float((east - west) / (pixels * 72.0 / axes.figure.dpi))


def _window(frame: Frame) -> tuple[float, float, float, float]:
    """The frame in degrees; a close-up gets a margin, because its box is wider than its frame."""
    margin = 0.0 if frame == WORLD else 12.0
    return (
        frame.west - margin,
        frame.south - margin,
        frame.east + margin,
        frame.north + margin,
    )


def _path(shape: shapely.Geometry) -> Path:
    """A polygon or multipolygon with its holes as one compound path."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return Path.make_compound_path(*(Path(np.asarray(ring.coords), closed=True) for ring in rings))


def draw_markers(axes: Axes, sites: Sequence[Site], frame: Frame, size: float) -> None:
    """A round marker at each site in the colour of its value, ringed so that it always shows."""
    east, north = points_of(sites, frame).T
    colours = [as_unit(site.colour) for site in sites]
    axes.scatter(east, north, s=2.2 * size, c=PAPER, linewidths=0, zorder=5)
    axes.scatter(east, north, s=size, c=colours, edgecolors=INK, linewidths=0.8, zorder=5)


def points_of(sites: Sequence[Site], frame: Frame) -> np.ndarray:
    """Projected metres of each site, shape [n, 2]."""
    return frame.project([s.longitude for s in sites], [s.latitude for s in sites])


def as_unit(colour: RGB) -> tuple[float, float, float]:
    """A colour as matplotlib wants it, 0 to 1."""
    return colour[0] / 255, colour[1] / 255, colour[2] / 255
