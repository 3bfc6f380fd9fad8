"""The map: (comparison, shapes, view, look) -> a pydeck map. No streamlit, no network.

Colours are drawn by layers that cannot be picked; invisible ones above them take the clicks,
because a picked layer has its other objects faded, which would falsify the colours.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from equity_core.inputs.dataset import Dataset
from equity_core.outcome.colours import Scale, scale_for
from equity_core.outcome.formats import (
    amount,
    change,
    number,
    percent_change,
    signed,
    unit_text,
)
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.quantities import Quantity, find_quantity
from ui import basemap
from ui.look import Look
from ui.shapes import Shape
from ui.view import View

REGIONS, SITES = "regions", "sites"  # the layers that take clicks
NO_TILES = "__MAP_STYLE__"
"""pydeck's sign for a map without tiles beneath: anything else, even no sign, has the browser ask
an outside host for them."""
_TILE = 512  # pixels around the world at zoom 0
_STEP_BACK = 0.55
_UNSEEN = [255, 255, 255, 1]
_SMALLEST_FLOW = 0.01  # of the load moved in total: thinner arcs would only clutter

CAMERAS = {
    "world": {"longitude": 13.0, "latitude": 33.0, "zoom": 0.42},
    "europe": {"longitude": 8.0, "latitude": 52.0, "zoom": 3.5},
    "north-america": {"longitude": -97.0, "latitude": 37.5, "zoom": 2.55},
    "asia": {"longitude": 122.0, "latitude": 22.0, "zoom": 2.0},
}


@dataclass(frozen=True)
class Flow:
    """Energy that the plan takes from one region and gives to another, against the baseline."""

    source: str
    target: str
    mwh: float


def pixel(place: str) -> float:
    """Degrees of longitude that a pixel of the map of a place shows."""
    return float(360 / _TILE / 2 ** CAMERAS[place]["zoom"])


def values_shown(comparison: Comparison, view: View) -> dict[str, float]:
    """What the map colours, by site: the change or the burden of the chosen quantity."""
    part = "change" if view.mode == "change" else "after"
    values = comparison.by_column[f"{view.quantity}_{part}"].tolist()
    return dict(zip(comparison.sites, values, strict=True))


def map_scale(comparison: Comparison, view: View) -> Scale:
    """The colour scale of the map and of its legend."""
    return scale_for(view.mode, list(values_shown(comparison, view).values()))


def moved_load(table: pd.DataFrame) -> list[Flow]:
    """The net shift of energy from regions that lose load to regions that gain it.

    Each loser's energy is spread over the gainers in proportion to their gains: burdens by region
    do not say whose load went where. The flows of a loser add up to its loss, those of a gainer
    to its gain (both in MWh); flows under 1% of all moved load are left out.
    """
    shift = table["energy_mwh_change"]
    gains, losses = shift[shift > 0], -shift[shift < 0]
    moved = min(gains.sum(), losses.sum())
    if moved <= 1e-6 * table["energy_mwh_before"].sum():
        return []
    pairs = (
        Flow(str(source), str(target), float(loss * gain / gains.sum()))
        for source, loss in losses.items()
        for target, gain in gains.items()
    )
    return [flow for flow in pairs if flow.mwh >= _SMALLEST_FLOW * moved]


def region_map(
    comparison: Comparison,
    dataset: Dataset,
    shapes: tuple[Shape, ...],
    view: View,
    look: Look,
    narrow: bool = False,
) -> pdk.Deck:
    """The whole map; `dataset` gives the sites' places, `shapes` their regions.

    On a `narrow` screen the camera stands further off, so that every site stays in sight.
    """
    values, words = values_shown(comparison, view), _tooltips(comparison, view)
    flows = [_flow_layer(comparison, dataset, look)] if view.flows == "yes" else []
    scale = map_scale(comparison, view)
    return shaded_map(values, scale, words, dataset, shapes, view, look, narrow, flows)


def shaded_map(  # noqa: PLR0913, PLR0917  all that a map is made of
    values: pd.Series,
    scale: Scale,
    words: dict[str, str],
    dataset: Dataset,
    shapes: tuple[Shape, ...],
    view: View,
    look: Look,
    narrow: bool = False,
    flows: Sequence[pdk.Layer] = (),
) -> pdk.Deck:
    """Regions and sites coloured by `values` (index site), with `words` (HTML) at the pointer."""
    camera = CAMERAS[view.place]
    camera = camera | {"zoom": camera["zoom"] - (_STEP_BACK if narrow else 0.0)}
    fills = {str(site): [*scale.rgb(float(value)), 255] for site, value in values.items()}
    layers = [
        *_land(view, look),
        *_region_layers(shapes, fills, words, view, look),
        *flows,
        *_site_layers(dataset, fills, words, view, look),
    ]
    return CompactDeck(
        layers,
        pdk.ViewState(**camera, min_zoom=-0.6, max_zoom=6),
        {"html": "{words}", "style": _tooltip_style(look)},
    )


class CompactDeck(pdk.Deck):
    """A map whose JSON is not indented: a sixth of the bytes with every move of a slider.

    Rings come as text that was made once (`ui.shapes`): they never change.
    """

    def __init__(
        self, layers: list[pdk.Layer], view_state: pdk.ViewState, tooltip: dict[str, Any]
    ) -> None:
        """Only what this map is made of.

        pydeck's own looks on disk for a notebook's widgets and for keys of tile hosts, with every
        map; this one asks no host.
        """
        self.layers = layers
        self.map_style = NO_TILES
        self.views = [pdk.View("MapView", controller=True, repeat=True)]
        self.initial_view_state = view_state
        self._tooltip = tooltip

    def to_json(self) -> str:
        """The specification that Streamlit sends to the browser."""
        text = json.dumps(self, default=default_serialize, sort_keys=True, separators=(",", ":"))
        return text.replace('"@[[', "[[").replace(']]@"', "]]")


def _land(view: View, look: Look) -> list[pdk.Layer]:
    """The whole world, and over it a finer picture where the four European sites stand close."""
    pictures = (basemap.WORLD, basemap.EUROPE) if view.place == "europe" else (basemap.WORLD,)
    return [
        pdk.Layer(
            "BitmapLayer",
            None,
            id=picture.file,
            image=pdk.types.String(picture.url),
            bounds=list(picture.bounds),
            tint_color=list(look.land[:3]),
        )
        for picture in pictures
    ]


def _region_layers(
    shapes: tuple[Shape, ...],
    fills: dict[str, list[int]],
    words: dict[str, str],
    view: View,
    look: Look,
) -> list[pdk.Layer]:
    edges = [
        {
            "ring": shape.outer,
            "fill": list(look.outline if shape.site == view.region else look.edge),
        }
        for shape in shapes
    ]
    drawn = [
        {
            "ring": shape.within_thick if shape.site == view.region else shape.within_thin,
            "fill": fills[shape.site],
        }
        for shape in shapes
    ]
    targets = [
        {"ring": shape.outer, "site": shape.site, "words": words[shape.site]} for shape in shapes
    ]
    return [
        *(
            pdk.Layer("SolidPolygonLayer", rows, id=name, get_polygon="ring", get_fill_color="fill")
            for name, rows in (("edges", edges), ("shading", drawn))
        ),
        pdk.Layer(
            "SolidPolygonLayer",
            targets,
            id=REGIONS,
            get_polygon="ring",
            get_fill_color=_UNSEEN,
            pickable=True,
            auto_highlight=True,
            highlight_color=[255, 255, 255, 70],
        ),
    ]


def _site_layers(
    dataset: Dataset,
    fills: dict[str, list[int]],
    words: dict[str, str],
    view: View,
    look: Look,
) -> list[pdk.Layer]:
    places = _places(dataset)
    markers = [
        {"place": place, "fill": fills[site][:3], "size": 7 if site == view.region else 5}
        for site, place in places.items()
    ]
    targets = [
        {"place": place, "site": site, "words": words[site]} for site, place in places.items()
    ]
    return [
        pdk.Layer(
            "ScatterplotLayer",
            markers,
            id="markers",
            get_position="place",
            get_fill_color="fill",
            get_line_color=list(look.outline),
            get_radius="size",
            radius_units="'pixels'",
            stroked=True,
            get_line_width=1.25,
            line_width_units="'pixels'",
        ),
        pdk.Layer(
            "ScatterplotLayer",
            targets,
            id=SITES,
            get_position="place",
            get_fill_color=_UNSEEN,
            get_radius=9,
            radius_units="'pixels'",
            pickable=True,
        ),
    ]


def _flow_layer(comparison: Comparison, dataset: Dataset, look: Look) -> pdk.Layer:
    flows = moved_load(comparison.table)
    places = _places(dataset)
    largest = max((flow.mwh for flow in flows), default=1.0)
    return pdk.Layer(
        "ArcLayer",
        [
            {
                "from": places[flow.source],
                "to": places[flow.target],
                "width": round(0.75 + 4 * flow.mwh / largest, 2),
            }
            for flow in flows
        ],
        id="flows",
        get_source_position="from",
        get_target_position="to",
        get_source_color=list(look.flow_from),
        get_target_color=list(look.flow_to),
        get_width="width",
        get_height=0.25,
    )


def _places(dataset: Dataset) -> dict[str, list[float]]:
    sites = dataset.sites
    return {
        str(site): [float(longitude), float(latitude)]
        for site, longitude, latitude in zip(
            sites.index, sites["longitude"], sites["latitude"], strict=True
        )
    }


def _tooltips(comparison: Comparison, view: View) -> dict[str, str]:
    """What stands at the pointer, by site: name, before, after and change, with units."""
    quantity = find_quantity(comparison.after.footprints, view.quantity)
    parts = [
        comparison.by_column[f"{quantity.column}_{part}"].tolist()
        for part in ("before", "after", "change", "change_pct")
    ]
    names = comparison.after.site_names
    return {
        site: _tooltip(names[site], quantity, *figures, comparison.is_added(site))
        for site, *figures in zip(comparison.sites, *parts, strict=True)
    }


def _tooltip(
    name: str,
    quantity: Quantity,
    before: float,
    after: float,
    difference: float,
    percent: float,
    added: bool,
) -> str:
    figure = (
        f"<b>{escape(name)}</b><br>{escape(quantity.label)}: {amount(after, quantity.unit)}<br>"
    )
    if added:
        return f"{figure}not there in the baseline"
    return (
        f"{figure}"
        f"compared with {amount(before, quantity.unit)}<br>"
        f"{change(difference, quantity.unit)} ({percent_change(percent)})"
    )


def _tooltip_style(look: Look) -> dict[str, str]:
    return {
        "backgroundColor": look.ink,
        "color": look.paper,
        "fontSize": "13px",
        "borderRadius": "3px",
        "padding": "6px 9px",
    }


def legend_html(scale: Scale, quantity: Quantity, mode: str, baseline: str = "") -> str:
    """The colour scale with its ticks and unit, as HTML; a change is named by its `baseline`."""
    stops = ",".join(f"rgb({r},{g},{b})" for r, g, b in scale.ramp(13).tolist())
    ticks = "".join(f"<span>{_tick(tick, mode)}</span>" for tick in scale.ticks())
    title = f"{'Change in ' if mode == 'change' else ''}{quantity.noun}"
    title = title[0].upper() + title[1:]
    against = f", against {baseline}" if mode == "change" and baseline else ""
    return (
        f'<div class="ee-legend"><div class="ee-legend-title">{escape(title)}, '
        f"{escape(unit_text(quantity.unit) + against)}</div>"
        f'<div class="ee-ramp" style="background:linear-gradient(90deg,{stops})"></div>'
        f'<div class="ee-ticks">{ticks}</div></div>'
    )


def _tick(value: float, mode: str) -> str:
    text = signed(value) if mode == "change" else number(value)
    return escape(text)


def picked_site(selection: dict[str, Any]) -> str | None:
    """The site of a click on the map (Streamlit's selection), None where the click hit none."""
    for layer in (SITES, REGIONS):
        for row in selection.get("objects", {}).get(layer, []):
            return str(row["site"])
    return None
