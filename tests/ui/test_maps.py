"""The map's specification holds the comparison's numbers and asks no outside host for anything."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from PIL import Image
from shapely.geometry import Polygon

from equity_core import load_dataset
from equity_core.figures.colours import change_scale
from equity_core.text.numbers import amount
from equity_core.text.quantities import find_quantity
from ui.charts.legend import legend_html
from ui.maps import basemap, deck
from ui.maps.flows import moved_load
from ui.maps.places import camera_for, places_of
from ui.maps.polygons import THICK, THIN, shapes_of
from ui.maps.view import View
from ui.theme import DARK, LIGHT

PAPER = places_of(load_dataset("paper-2022"))
WORLD, EUROPE = (camera_for(PAPER[name].extent) for name in ("all", "europe"))
REGIONS, SITES = "SolidPolygonLayer", "ScatterplotLayer"
"""What the layers that take the pointer are called, which have no name of their own."""


@pytest.fixture(scope="module")
def shapes(dataset):
    return shapes_of(dataset, EUROPE)


@pytest.fixture
def layers(comparison, dataset, shapes):
    def drawn(**view):
        drawing = deck.region_map(comparison, dataset, shapes, View(**view), LIGHT, camera(view))
        spec = json.loads(drawing.to_json())
        return {layer.get("id", layer["@@type"]): layer for layer in spec["layers"]} | {
            "spec": spec
        }

    def camera(view):
        return EUROPE if view.get("place") == "europe" else WORLD

    return drawn


def test_colours_are_those_of_the_change(layers, comparison, shapes):
    changes = comparison.table["carbon_t_change"]
    scale = change_scale(changes)
    rows = layers(quantity="carbon_t")["shading"]["data"]
    assert [row["fill"][:3] for row in rows] == [
        list(scale.rgb(changes[shape.site])) for shape in shapes
    ]


def test_a_rise_and_a_fall_lie_on_opposite_sides_of_zero(comparison):
    scale = deck.map_scale(comparison, View(), LIGHT)
    assert scale.low == -scale.high
    assert scale.position(0.0) == 0.5
    values = deck.values_shown(comparison, View())
    assert min(values.values()) < 0 < max(values.values())


def test_burden_is_the_plan_itself(comparison):
    shown = deck.values_shown(comparison, View(mode="burden"))
    assert shown == comparison.after.burdens["water_m3"].to_dict()


def test_only_unseen_layers_take_clicks(layers):
    drawn = layers()
    pickable = {name for name, layer in drawn.items() if layer.get("pickable")}
    assert pickable == {REGIONS, SITES}
    for name in pickable:
        assert drawn[name]["opacity"] == 0
        assert "getFillColor" not in drawn[name]


def test_every_site_can_be_clicked_and_has_words(layers, comparison):
    rows = {row["site"]: row for row in layers()[SITES]["data"]}
    assert set(rows) == set(comparison.table.index)
    after = amount(comparison.after.burdens.loc["texas", "water_m3"], "m3")
    assert rows["texas"]["name"] == "Texas"
    assert rows["texas"]["words"].startswith(f"Water: {after}\ncompared with ")


def test_markers_stand_at_the_sites(layers, dataset):
    places = {row["site"]: row["place"] for row in layers()[SITES]["data"]}
    singapore = dataset.sites.loc["singapore"]
    assert places["singapore"] == [singapore["longitude"], singapore["latitude"]]


def test_the_open_region_is_outlined(layers):
    edges = layers(region="texas")["edges"]["data"]
    assert len([row for row in edges if row["fill"] == list(LIGHT.outline)]) == 1


def test_no_style_and_no_tiles_are_asked_for(layers):
    spec = layers()["spec"]
    assert spec.get("mapProvider") is None
    assert not re.findall(r"https?://", json.dumps(spec))
    pictures = [layer["image"] for layer in layers()["spec"]["layers"] if "image" in layer]
    assert pictures == ["app/static/land-west.png", "app/static/land-east.png"]
    assert layers(place="europe")["land-335-033.png +0"]["image"] == "app/static/land-335-033.png"


def test_flows_add_up_to_what_moved(comparison):
    shift = comparison.table["energy_mwh_change"]
    flows = moved_load(comparison.table)
    moved = -shift[shift < 0].sum()
    assert 0.9 * moved < sum(flow.mwh for flow in flows) <= moved * (1 + 1e-9)
    for flow in flows:
        assert shift[flow.source] < 0 < shift[flow.target]


def test_nothing_flows_when_nothing_moved(unchanged):
    assert moved_load(unchanged.table) == []


def test_arcs_come_only_on_demand(layers):
    assert "flows" not in layers()
    assert len(layers(flows="yes")["flows"]["data"]) > 0


def test_legend_names_quantity_unit_and_zero(comparison):
    quantity = find_quantity(comparison.after.footprints, "carbon_t")
    view = View(quantity="carbon_t")
    html = legend_html(deck.map_scale(comparison, view, LIGHT), quantity, "change")
    assert "Change in carbon, t" in html
    assert "<span>0</span>" in html
    assert "<span>+" in html


@pytest.mark.parametrize(("column", "ends"), [("carbon_t", "carries "), ("cost_usd", "")])
def test_legend_says_on_its_colours_which_is_less_and_what_has_no_data(comparison, column, ends):
    quantity = find_quantity(comparison.after.footprints, column)
    scale = deck.map_scale(comparison, View(quantity=column), LIGHT)
    html = legend_html(scale, quantity, "change")
    assert f"<span>{ends}less</span><span>{ends}more</span>" in html
    assert html.index("less</span>") < html.index("more</span>")
    assert "no data</span>" in html
    assert "less" not in legend_html(scale, quantity, "burden"), "a burden has one direction"


def test_a_click_gives_the_site_and_open_water_none():
    hit = {"objects": {REGIONS: [{"site": "nevada"}]}}
    assert deck.picked_site(hit) == "nevada"
    assert deck.picked_site({"indices": {}, "objects": {}}) is None


QUICK = (*basemap.WORLD, basemap.CLOSE_UPS[-1])


@pytest.mark.parametrize(
    "picture",
    [*QUICK, *(pytest.param(p, marks=pytest.mark.slow) for p in basemap.CLOSE_UPS[:-1])],
    ids=lambda picture: picture.file,
)
def test_the_basemap_files_are_those_of_the_bundled_boundaries(picture):
    stored = Image.open(basemap.STATIC / picture.file)
    assert np.array_equal(np.asarray(stored), np.asarray(basemap.draw(picture)))


def test_no_region_is_lost_on_the_map_of_the_world(dataset):
    coarse, fine = shapes_of(dataset, WORLD), shapes_of(dataset, EUROPE)
    assert (
        {shape.site for shape in coarse} == {shape.site for shape in fine} == set(dataset.site_ids)
    )
    assert sum(len(shape.outer) for shape in coarse) < 0.5 * sum(len(shape.outer) for shape in fine)


@pytest.mark.parametrize("place", PAPER)
def test_edges_are_as_wide_as_they_should_be(dataset, place):
    camera = camera_for(PAPER[place].extent)
    pixel = camera.pixel
    for shape in shapes_of(dataset, camera):
        for text, edge in ((shape.within_thin, THIN), (shape.within_thick, THICK)):
            inner = Polygon(json.loads(text.strip("@")))
            assert shape.polygon.buffer(pixel / 10).contains(inner)
            if inner.area < shape.polygon.area:  # some islands are all edge
                distance = shape.polygon.exterior.distance(inner)
                assert distance == pytest.approx(edge / 2 * pixel, abs=0.15 * pixel)


def test_in_the_dark_the_strongest_values_stand_out_most(comparison):
    def brightness(look, value, mode):
        return sum(deck.map_scale(comparison, View(mode=mode), look).rgb(value))

    for mode, least in (("change", 0.0), ("burden", 0.0)):
        scale = deck.map_scale(comparison, View(mode=mode), DARK)
        ends = {scale.low, scale.high} - {least}
        assert all(
            brightness(DARK, end, mode) > brightness(DARK, least, mode) + 200 for end in ends
        )
        assert all(brightness(LIGHT, end, mode) < brightness(LIGHT, least, mode) for end in ends)


def test_a_region_too_small_to_see_has_a_larger_marker_where_there_is_room(layers, dataset):
    markers = layers()["markers"]["data"]
    sizes = {site: row["size"] for site, row in zip(dataset.site_ids, markers, strict=True)}
    assert sizes["singapore"] > sizes["texas"] == sizes["belgium"] == sizes["japan"]


def test_the_world_is_drawn_once(layers):
    (view,) = layers()["spec"]["views"]
    assert view["repeat"] is False
