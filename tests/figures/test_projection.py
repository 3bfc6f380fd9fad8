"""Frames fit their sites, wherever on the globe; insets hide no circle."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from equity_core import load_dataset
from equity_core.figures.labels import circle_points
from equity_core.figures.map import LEFT, MAP_BOTTOM, MAP_TOP, RIGHT, draw_maps
from equity_core.figures.projection import (
    WORLD,
    Site,
    close_up,
    draw_shapes,
    frame_for,
    free_place,
    inset,
    points_of,
    show_frame,
)
from equity_core.inputs.places.geography import countries, site_regions
from equity_core.inputs.upload import read_upload
from tests.elsewhere import PACIFIC, SOUTH, SPAIN, placed_csv

SETS = {"spain": SPAIN, "pacific": PACIFIC, "south": SOUTH}


def sites_of(dataset):
    return [
        Site(row["longitude"], row["latitude"], row["name"], "+1,230 m³", (0, 0, 0))
        for _, row in dataset.sites.iterrows()
    ]


@pytest.fixture(scope="module", params=["paper-2022", "world-2023", *SETS])
def placed(request):
    """A data set's sites and regions."""
    name = request.param
    if name in SETS:
        dataset = read_upload({f"{name}.csv": placed_csv(SETS[name], hours=24)})
    else:
        dataset = load_dataset(name)
    return name, sites_of(dataset), site_regions(dataset).geometry


def test_the_four_neighbours_stand_apart_in_the_inset(dataset):
    sites = sites_of(dataset)
    frame = inset(WORLD, sites, site_regions(dataset).geometry)
    near = [site for site in sites if frame.holds(site)]
    assert [site.name for site in near] == ["Germany", "Belgium", "Netherlands", "Denmark"]
    points = points_of(near, frame)
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)[np.triu_indices(4, 1)]
    assert apart.min() > 0.15 * np.ptp(frame.outline()[:, 0])


def test_a_frame_holds_all_sites_and_is_a_close_up_where_it_can_be(placed):
    name, sites, regions = placed
    frame = frame_for(sites, regions)
    assert all(frame.holds(site) for site in sites)
    assert (frame == WORLD) == (name in {"paper-2022", "world-2023", "south"})
    low, high = frame.outline().min(axis=0), frame.outline().max(axis=0)
    points = points_of(sites, frame)
    assert ((low < points) & (points < high)).all()
    if frame != WORLD:
        assert np.ptp(points, axis=0).max() > 0.3 * (high - low).max()


def test_an_inset_only_where_sites_hide_each_other_on_a_map_of_the_world(placed):
    name, sites, regions = placed
    frame = inset(frame_for(sites, regions), sites, regions)
    held = [] if frame is None else [site.name for site in sites if frame.holds(site)]
    assert len(held) == {"paper-2022": 4, "world-2023": 5}.get(name, 0)


def test_no_inset_covers_a_marker():
    figure = Figure(figsize=(10, 5))
    axes = figure.add_axes((0, 0, 1, 1))
    show_frame(axes, WORLD)
    corners = [(0.0, 0.0, 0.4, 0.5), (0.6, 0.0, 0.4, 0.5)]
    west = [Site(-60.0, -20.0, "", "", (0, 0, 0))]
    both = [*west, Site(130.0, -20.0, "", "", (0, 0, 0))]
    assert free_place(figure, axes, WORLD, west, corners) == corners[1]
    assert free_place(figure, axes, WORLD, both, corners) is None


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.floats(-180, 180), st.floats(-60, 60))
def test_a_close_up_draws_what_lies_in_it_and_no_more(longitude, latitude):
    site = Site(longitude, latitude, "", "", (0, 0, 0))
    frame = close_up([site], countries().geometry.head(1))
    axes = Figure(figsize=(4, 3)).add_axes((0, 0, 1, 1))
    show_frame(axes, frame)
    land = countries().geometry
    draw_shapes(axes, land, frame, ["k"] * len(land), "w", 0.1)
    drawn = [path.vertices for path in axes.collections[0].get_paths()]
    low, high = np.array([axes.get_xlim(), axes.get_ylim()]).T
    for corners in drawn:
        assert (low - 0.1 * (high - low) < corners.min(axis=0)).all()
        assert (corners.max(axis=0) < high + 0.1 * (high - low)).all()
    inside = shapely.Point(longitude, latitude).buffer(1e-6)
    assert not land.intersects(inside).any() or drawn


def test_labels_cover_neither_circles_nor_each_other_nor_an_inset(placed):
    name, sites, regions = placed
    figure = Figure(figsize=(11, 7), dpi=100)
    canvas = FigureCanvasAgg(figure)
    box = LEFT, MAP_BOTTOM, RIGHT - LEFT, MAP_TOP - MAP_BOTTOM
    draw_maps(figure, canvas, frame_for(sites, regions), regions, sites, box)
    renderer = canvas.get_renderer()
    whole, *insets = figure.axes
    assert sum(len(axes.texts) for axes in figure.axes) >= 4
    for axes in figure.axes:
        labels = [text.get_window_extent(renderer) for text in axes.texts]
        frame = axes.get_window_extent(renderer)
        circles = [box for box in _circles(axes, renderer) if frame.overlaps(box)]
        assert len(circles) >= (15 if name == "spain" else 2)
        covered = [panel.get_window_extent(renderer) for panel in insets if axes is whole]
        for at, label in enumerate(labels):
            assert not label.count_overlaps([*labels[:at], *circles, *covered])
            assert frame.x0 <= label.x0 and label.x1 <= frame.x1


def _circles(axes, renderer):
    """The boxes of everything round that is painted: markers, and discs in place of regions."""
    for collection in axes.collections:
        offsets, sizes = collection.get_offsets(), collection.get_sizes()
        if len(sizes):
            for offset, size in zip(offsets, np.broadcast_to(sizes, len(offsets)), strict=True):
                radius = renderer.points_to_pixels(size**0.5 / 2)
                x, y = axes.transData.transform(offset)
                yield Bbox([[x - radius, y - radius], [x + radius, y + radius]])
        else:
            yield from filter(None, (_disc(path, axes) for path in collection.get_paths()))


def _disc(path, axes):
    """The box of a path that is round; None for all others."""
    box = path.get_extents(axes.transData)
    shape = shapely.Polygon(axes.transData.transform(path.vertices[:-1]))
    is_round = abs(box.width - box.height) < 0.03 * box.width and len(path.vertices) > 15
    return (
        box if is_round and abs(shape.area / (box.width * box.height) - np.pi / 4) < 0.03 else None
    )


def test_a_disc_counts_as_the_circle_of_its_site():
    marker = Site(0.0, 0.0, "", "", (0, 0, 0))
    disc = Site(0.0, 0.0, "", "", (0, 0, 0), disc=30.0)
    assert circle_points(marker) < circle_points(disc) == 30.0


def test_the_projection_keeps_east_right_and_north_up():
    origin, east, north = WORLD.project([0, 90, 0], [0, 0, 60])
    assert east[0] > origin[0] + 8e6
    assert north[1] > origin[1] + 5e6
