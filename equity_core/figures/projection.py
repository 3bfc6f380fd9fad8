"""Drawing on a projected map: panels, region shapes and markers.

Only matplotlib's object-oriented interface is used, so pictures can be drawn in several threads.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Self

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from matplotlib.path import Path
from pyproj import Transformer

from equity_core.figures.colours import MISSING, NO_DATA, RGB
from equity_core.figures.findable import to_enlarge
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.areas import by_area
from equity_core.inputs.places.extent import Extent, extent_of
from equity_core.inputs.places.geography import DISC_KM, KM_PER_DEGREE, unrolled

LONGITUDE_LATITUDE = "EPSG:4326"
INK = "#22303a"
MUTED = "#5c6870"
LAND, LAND_HATCH = "#{:02x}{:02x}{:02x}".format(*MISSING), "////"
"""Land that is no region of the data: hatched, so that it is told from no change without colour."""
SEA = "#f1f4f6"
PAPER = "#ffffff"
BORDER = "#b9c1c6"
NEAR = 8.0
"""Degrees from a site within which its region is kept in sight."""
CROWD = 8.0
"""Degrees between sites that hide each other on a map of the world."""
ENLARGED = 2.5
"""The area of an enlarged marker, against the others."""
CLEAR = 0.015
"""Of the figure: how far an inset keeps away from markers."""
HEMISPHERE = 85.0
"""Degrees from the middle of a close-up beyond which nothing is drawn."""
Bounds = tuple[float, float, float, float]
HAIR_POINTS = 0.15  # detail finer than this cannot be seen in print


@dataclass(frozen=True)
class Site:
    """A marker: where it stands (degrees), its name, its value as text and its colour.

    `enlarged` where its region is too small to be found by; `disc` is the radius, in points, of the
    disc that stands for its region, if one does.
    """

    longitude: float
    latitude: float
    name: str
    value: str
    colour: RGB
    enlarged: bool = False
    disc: float = 0.0

    @classmethod
    def each(
        cls,
        values: pd.Series,
        dataset: Dataset,
        names: Mapping[str, str],
        words: Callable[[float], str],
        colour: Callable[[float], RGB],
    ) -> list[Self]:
        """A marker for each of `values` (by site): its words, and the colour of its value."""
        places = dataset.sites.loc[values.index, ["longitude", "latitude"]].to_numpy(dtype=float)
        return [
            cls(float(longitude), float(latitude), names[str(site)], words(value), colour(value))
            for (site, value), (longitude, latitude) in zip(
                values.astype(float).items(), places, strict=True
            )
        ]


@dataclass(frozen=True)
class Frame:
    """A projection (its name, and the pyproj string) and the part of the world it shows."""

    name: str
    projection: str
    extent: Extent

    def project(self, longitude: Sequence[float], latitude: Sequence[float]) -> np.ndarray:
        """Projected metres, shape [n, 2]."""
        transformer = Transformer.from_crs(LONGITUDE_LATITUDE, self.projection, always_xy=True)
        return np.column_stack(transformer.transform(longitude, latitude))

    def holds(self, site: Site) -> bool:
        """Whether a site stands inside the frame."""
        return self.extent.holds(site.longitude, site.latitude)

    def outline(self) -> np.ndarray:
        """The border of the frame as projected points, dense enough to show its curve."""
        box = self.extent
        across = np.linspace(box.west, box.east, 90)
        up = np.linspace(box.south, box.north, 90)
        longitude = [across, np.full(90, box.east), across[::-1], np.full(90, box.west)]
        latitude = [np.full(90, box.south), up, np.full(90, box.north), up[::-1]]
        return self.project(list(np.concatenate(longitude)), list(np.concatenate(latitude)))


WORLD = Frame("Robinson", "+proj=robin +lon_0=0 +datum=WGS84", Extent(-180.0, -57.0, 180.0, 78.0))


def frame_for(sites: Sequence[Site], regions: gpd.GeoSeries) -> Frame:
    """A close-up of all sites, or the world where they are too far apart for one."""
    whole = extent_of([(site.longitude, site.latitude) for site in sites])
    return WORLD if whole.is_wide else close_up(sites, regions)


def close_up(sites: Sequence[Site], regions: gpd.GeoSeries) -> Frame:
    """A frame around sites and what is near them of their `regions`, in the same order."""
    around = [
        shapely.box(site.longitude - NEAR, site.latitude - NEAR,
                    site.longitude + NEAR, site.latitude + NEAR)
        for site in sites
    ]  # fmt: skip
    parts = shapely.intersection(regions.to_numpy(), np.array(around))
    corners = shapely.bounds(parts[~shapely.is_empty(parts)]).reshape(-1, 2)
    extent = extent_of([*((site.longitude, site.latitude) for site in sites), *corners.tolist()])
    east, north = extent.middle
    projection = f"+proj=laea +lat_0={north:.1f} +lon_0={east:.1f} +datum=WGS84"
    return Frame("Lambert azimuthal equal-area", projection, extent)


def inset(frame: Frame, sites: Sequence[Site], regions: gpd.GeoSeries) -> Frame | None:
    """A close-up of the continent on which most sites would hide each other on a map of the world.

    None where none would, or where `frame` is a close-up itself.
    """
    held = by_area((site.longitude, site.latitude) for site in sites)
    crowds = {name: _crowded(places) for name, places in held.items()}
    most = max(crowds, key=lambda name: crowds[name])
    if frame != WORLD or not crowds[most]:
        return None
    inside = [(site.longitude, site.latitude) in held[most] for site in sites]
    near = [site for site, within in zip(sites, inside, strict=True) if within]
    return close_up(near, regions[inside])


def _crowded(places: Sequence[tuple[float, float]]) -> int:
    """How many have another within CROWD."""
    return sum(any(0 < math.dist(place, other) < CROWD for other in places) for place in places)


def free_place(
    figure: Figure, axes: Axes, frame: Frame, sites: Sequence[Site], offered: Sequence[Bounds]
) -> Bounds | None:
    """The first of the boxes offered (left, bottom, width, height) in which no marker stands.

    All of them in parts of the figure.
    """
    pixels = axes.transData.transform(points_of(sites, frame))
    markers = figure.transFigure.inverted().transform(pixels)
    for box in offered:
        low = np.array(box[:2]) - CLEAR
        high = low + np.array(box[2:]) + 2 * CLEAR
        if not ((low < markers) & (markers < high)).all(axis=1).any():
            return box
    return None


def fitted(frame: Frame, sites: Sequence[Site], regions: gpd.GeoSeries) -> Bounds:
    """West, south, east and north, in projected metres, of the sites and of their regions."""
    if frame == WORLD:
        border = frame.outline()
        return (*border.min(axis=0).tolist(), *border.max(axis=0).tolist())
    near = _on_this_side(regions, frame).clip_by_rect(*astuple(frame.extent))
    corners = near.to_crs(frame.projection).bounds.dropna().to_numpy().reshape(-1, 2)
    points = np.concatenate([points_of(sites, frame), corners])
    return (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())


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
    axes.set_facecolor("none")
    sea = (
        Polygon(frame.outline(), facecolor=SEA, edgecolor="none", zorder=0)
        if whole
        else Rectangle((0, 0), 1, 1, transform=axes.transAxes, facecolor=SEA, zorder=0)
    )
    axes.add_patch(sea)
    for side in axes.spines.values():
        side.set(visible=not whole, color=BORDER, linewidth=0.8)
    draw_land(axes, land, frame)
    draw_shapes(axes, regions, frame, fills, INK, 0.35 if whole else 0.5)


def draw_land(axes: Axes, land: gpd.GeoSeries, frame: Frame) -> None:
    """Land that is no region of the data, under all that is one."""
    draw_shapes(axes, land, frame, [LAND] * len(land), PAPER, 0.4, LAND_HATCH)


def draw_land_key(figure: Figure, left: float, bottom: float, height: float, size: float) -> None:
    """The entry of a legend for that land, from its lower left corner, in parts of the figure."""
    width = 1.6 * height * figure.get_figheight() / figure.get_figwidth()
    patch = Rectangle((left, bottom), width, height, transform=figure.transFigure, facecolor=LAND,
                      edgecolor=PAPER, linewidth=0.4, hatch=LAND_HATCH)  # fmt: skip
    figure.add_artist(patch)
    figure.text(left + 1.3 * width, bottom, NO_DATA, size=size, color=INK, parse_math=False)


def draw_shapes(
    axes: Axes,
    shapes: gpd.GeoSeries,
    frame: Frame,
    fills: Sequence[object],
    edge: str,
    width: float,
    hatch: str = "",
) -> None:
    """Fill each shape (degrees) with its colour; one collection, so that files stay small."""
    projected = _on_this_side(shapes, frame).to_crs(frame.projection)
    if frame != WORLD:
        projected = projected.make_valid().clip_by_rect(*_sides(axes))
    hair = HAIR_POINTS * _metres_per_point(axes)
    drawn = [_visible(shape, hair) for shape in projected.simplify(hair)]
    kept = [(shape, fill) for shape, fill in zip(drawn, fills, strict=True) if shape.area > 0]
    axes.add_collection(
        PathCollection(
            [_path(shape) for shape, _ in kept],
            facecolors=[fill for _, fill in kept],
            edgecolors=edge,
            linewidths=width,
            hatch=hatch or None,
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


def _on_this_side(shapes: gpd.GeoSeries, frame: Frame) -> gpd.GeoSeries:
    """What of the shapes can be projected: for a close-up, its own side of the globe."""
    if frame == WORLD:
        return shapes.clip_by_rect(*astuple(frame.extent))
    east, north = frame.extent.middle
    side = Extent(east - HEMISPHERE, north - HEMISPHERE, east + HEMISPHERE, north + HEMISPHERE)
    return unrolled(shapes, side).clip_by_rect(*astuple(side))


def _sides(axes: Axes) -> tuple[float, float, float, float]:
    """The axes in metres, with a little more so that no cut is seen."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    more = 0.02 * (east - west)
    return west - more, south - more, east + more, north + more


def _path(shape: shapely.Geometry) -> Path:
    """A polygon or multipolygon with its holes as one compound path."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return Path.make_compound_path(*(Path(np.asarray(ring.coords), closed=True) for ring in rings))


def draw_markers(axes: Axes, sites: Sequence[Site], frame: Frame, size: float) -> None:
    """A round marker at each site in the colour of its value, ringed so that it always shows."""
    east, north = points_of(sites, frame).T
    colours = [as_unit(site.colour) for site in sites]
    sizes = np.array([size * (ENLARGED if site.enlarged else 1.0) for site in sites])
    axes.scatter(east, north, s=2.2 * sizes, c=PAPER, linewidths=0, zorder=5)
    axes.scatter(east, north, s=sizes, c=colours, edgecolors=INK, linewidths=0.8, zorder=5)


def with_sizes(
    sites: Sequence[Site], regions: gpd.GeoSeries, axes: Axes, frame: Frame
) -> list[Site]:
    """The sites with what they cover on these axes, those enlarged whose region cannot be seen."""
    numbered = {str(at): (site.longitude, site.latitude) for at, site in enumerate(sites)}
    bounds = regions.bounds
    wide = np.maximum(bounds["maxx"] - bounds["minx"], bounds["maxy"] - bounds["miny"])
    sizes = dict(zip(numbered, wide.tolist(), strict=True))
    small = to_enlarge(numbered, sizes, _metres_per_point(axes) / (1000 * KM_PER_DEGREE))
    discs = _discs(numbered, regions) / _metres_per_point(axes)
    return [
        replace(site, enlarged=str(at) in small, disc=float(discs[at]))
        for at, site in enumerate(sites)
    ]


def _discs(places: Mapping[str, tuple[float, float]], regions: gpd.GeoSeries) -> np.ndarray:
    """The radius, in metres, of each region that is a disc around its site, else 0."""
    centres = shapely.centroid(regions.to_numpy())
    away = shapely.distance(centres, shapely.points(list(places.values())))
    return np.where(away < 0.01, 1000 * DISC_KM, 0.0)


def points_of(sites: Sequence[Site], frame: Frame) -> np.ndarray:
    """Projected metres of each site, shape [n, 2]."""
    return frame.project([s.longitude for s in sites], [s.latitude for s in sites])


def as_unit(colour: RGB) -> tuple[float, float, float]:
    """A colour as matplotlib wants it, 0 to 1."""
    return colour[0] / 255, colour[1] / 255, colour[2] / 255
