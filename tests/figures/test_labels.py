"""Labels on the printed map keep apart."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from equity_core.figures.labels import Lettering
from equity_core.figures.projection import WORLD, Site, points_of, show_frame


def sites_at(*places):
    return [Site(*place, f"Site {n}", "+1,230 m³", (0, 0, 0)) for n, place in enumerate(places)]


@pytest.fixture
def world():
    figure = Figure(figsize=(10, 4), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    show_frame(axes, WORLD)
    return axes, canvas.get_renderer()


def boxes(axes, renderer):
    return [text.get_window_extent(renderer) for text in axes.texts]


def test_labels_with_room_hold_name_and_value(world):
    axes, renderer = world
    Lettering(axes, renderer, 8.5).draw(sites_at((-100, 40), (10, 50), (140, 36)), WORLD)
    assert {text.get_text() for text in axes.texts} == {f"Site {n}\n+1,230 m³" for n in range(3)}


def test_crowded_labels_never_overlap_and_stay_on_the_map(world):
    axes, renderer = world
    generator = np.random.default_rng(7)
    crowd = sites_at(
        *zip(generator.uniform(-179, 179, 80), generator.uniform(-50, 75, 80), strict=True)
    )
    Lettering(axes, renderer, 8.5).draw(crowd, WORLD)
    drawn = boxes(axes, renderer)
    assert 15 < len(drawn) < 80
    for n, box in enumerate(drawn):
        assert not box.count_overlaps(drawn[:n])
        assert box.x0 >= 0 and box.x1 <= 1000 and box.y0 >= 0 and box.y1 <= 400


def test_a_site_without_room_for_its_value_keeps_its_name(world):
    axes, renderer = world
    site = sites_at((0, 0))
    _, height = axes.transData.transform(points_of(site, WORLD))[0]
    strip = [Bbox([[0, 0], [1000, height - 10]]), Bbox([[0, height + 10], [1000, 400]])]
    Lettering(axes, renderer, 8.5).draw(site, WORLD, strip)
    assert [text.get_text() for text in axes.texts] == ["Site 0"]


def test_sites_at_one_place_share_a_label_that_names_them_all(world):
    axes, renderer = world
    Lettering(axes, renderer, 8.5).draw(sites_at((-97, 33), (-97, 33), (10, 50)), WORLD)
    assert {text.get_text() for text in axes.texts} == {
        "Site 0\n+1,230 m³\nSite 1\n+1,230 m³",
        "Site 2\n+1,230 m³",
    }


def test_a_label_is_nearest_to_its_own_marker(world):
    axes, renderer = world
    generator = np.random.default_rng(11)
    crowd = sites_at(
        *zip(generator.uniform(-100, 100, 40), generator.uniform(-50, 75, 40), strict=True)
    )
    Lettering(axes, renderer, 8.5).draw(crowd, WORLD)
    markers = axes.transData.transform(points_of(crowd, WORLD))
    assert axes.texts
    for text, box in zip(axes.texts, boxes(axes, renderer), strict=True):
        nearest_point = np.clip(markers, [box.x0, box.y0], [box.x1, box.y1])
        nearest = np.linalg.norm(markers - nearest_point, axis=1).argmin()
        assert text.get_text().split("\n")[0] == crowd[nearest].name


def test_a_covered_part_of_the_map_takes_no_label(world):
    axes, renderer = world
    Lettering(axes, renderer, 8.5).draw(sites_at((0, 0)), WORLD, [Bbox([[0, 0], [1000, 400]])])
    assert not axes.texts


@pytest.mark.parametrize("value", ["−156 MWh", "+$46,400", "no change", "1,820 m³"])
def test_every_site_of_the_paper_outside_europe_has_room_for_its_value(dataset, value):
    figure = Figure(figsize=(10.2, 4.5), dpi=150)
    renderer = FigureCanvasAgg(figure).get_renderer()
    axes = figure.add_axes((0, 0, 1, 1))
    show_frame(axes, WORLD)
    places = dataset.sites[~dataset.sites["country"].isin(["DEU", "BEL", "NLD", "DNK"])]
    sites = [
        Site(place["longitude"], place["latitude"], place["name"], value, (0, 0, 0))
        for _, place in places.iterrows()
    ]
    Lettering(axes, renderer, 8.5).draw(sites, WORLD)
    drawn = {text.get_text() for text in axes.texts}
    assert drawn == {f"{name}\n{value}" for name in places["name"]}
