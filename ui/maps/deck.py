"""The map: (comparison, shapes, view, look) -> a pydeck map. No network.

Colours are drawn by layers that cannot be picked; invisible ones above them take the clicks,
because a picked layer has its other objects faded, which would falsify the colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import pydeck as pdk

from equity_core.figures.colours import Scale, scale_for
from equity_core.figures.findable import to_enlarge
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.text.numbers import amount, change, percent_change
from equity_core.text.quantities import Quantity, find_quantity
from ui.maps import basemap
from ui.maps.flows import flow_layer
from ui.maps.places import Camera, places
from ui.maps.polygons import Shape
from ui.maps.view import BOTH, View
from ui.streamlit_internals import CompactDeck
from ui.theme import Look

Words = dict[str, str]
"""What stands at the pointer: `name` and `words`."""
_FARTHEST, _CLOSEST = -0.7, 7  # zoom


def values_shown(comparison: Comparison, view: View, part: str = "") -> dict[str, float]:
    """What the map colours, by site: the change or the burden of the chosen quantity.

    `part` asks for another one: "before" of a pair of maps.
    """
    part = part or ("change" if view.mode == "change" else "after")
    values = comparison.by_column[f"{view.quantity}_{part}"].tolist()
    return dict(zip(comparison.sites, values, strict=True))


def map_scale(comparison: Comparison, view: View, look: Look, *beside: Comparison) -> Scale:
    """The colour scale of the map and of its legend, for what stands `beside` it as well."""
    shown = [value for it in (comparison, *beside) for value in values_shown(it, view).values()]
    if view.mode == BOTH:
        shown += values_shown(comparison, view, "before").values()
    return look.shade(scale_for(view.mode, shown))


def region_map(
    comparison: Comparison,
    dataset: Dataset,
    shapes: tuple[Shape, ...],
    view: View,
    look: Look,
    camera: Camera,
    part: str = "",
    scale: Scale | None = None,
) -> pdk.Deck:
    """The whole map; `dataset` gives the sites' places, `shapes` their regions.

    `part` as in `values_shown`; `scale` where it is shared with another map.
    """
    values, words = values_shown(comparison, view, part), _tooltips(comparison, view)
    sites = _sites(dataset, camera)
    flows = [flow_layer(comparison, sites, look)] if view.flows == "yes" else []
    scale = scale or map_scale(comparison, view, look)
    return shaded_map(values, scale, words, dataset, shapes, look, camera, view.region, flows)


def shaded_map(  # noqa: PLR0913, PLR0917  all that a map is made of
    values: Mapping[str, float],
    scale: Scale,
    words: dict[str, Words],
    dataset: Dataset,
    shapes: tuple[Shape, ...],
    look: Look,
    camera: Camera,
    region: str = "",
    flows: Sequence[pdk.Layer] = (),
) -> pdk.Deck:
    """Regions and sites coloured by `values`, by site, with `words` at the pointer.

    `region` is outlined.
    """
    fills = {str(site): [*scale.rgb(float(value)), 255] for site, value in values.items()}
    sites = _sites(dataset, camera)
    layers = [
        *_land(camera, look),
        *_region_layers(shapes, fills, words, region, look),
        *flows,
        *_site_layers(sites, _larger(sites, shapes, camera), fills, words, region, look),
    ]
    return CompactDeck(
        layers,
        pdk.ViewState(
            longitude=camera.longitude,
            latitude=camera.latitude,
            zoom=round(camera.zoom, 3),
            min_zoom=_FARTHEST,
            max_zoom=_CLOSEST,
        ),
        {"html": "<b>{name}</b>\n{words}", "style": _tooltip_style(look)},
    )


def _land(camera: Camera, look: Look) -> list[pdk.Layer]:
    """The whole world, and over it finer pictures where a close-up would show it coarse."""
    return [
        pdk.Layer(
            "BitmapLayer",
            None,
            id=f"{picture.file} {east:+.0f}",
            image=pdk.types.String(picture.url),
            bounds=[west + east, south, right + east, north],
            tint_color=list(look.land[:3]),
        )
        for picture, east in basemap.pictures_for(camera)
        for west, south, right, north in [picture.bounds]
    ]


def _region_layers(
    shapes: tuple[Shape, ...],
    fills: dict[str, list[int]],
    words: dict[str, Words],
    region: str,
    look: Look,
) -> list[pdk.Layer]:
    edges = [
        {"ring": shape.outer, "fill": list(look.outline if shape.site == region else look.edge)}
        for shape in shapes
    ]
    drawn = [
        {
            "ring": shape.within_thick if shape.site == region else shape.within_thin,
            "fill": fills[shape.site],
        }
        for shape in shapes
    ]
    targets = [{"ring": shape.outer, "site": shape.site, **words[shape.site]} for shape in shapes]
    return [
        *(
            pdk.Layer("SolidPolygonLayer", rows, id=name, get_polygon="ring", get_fill_color="fill")
            for name, rows in (("edges", edges), ("shading", drawn))
        ),
        _target(
            "SolidPolygonLayer",
            targets,
            get_polygon="ring",
            auto_highlight=True,
            highlight_color=[255, 255, 255, 70],
        ),
    ]


def _site_layers(
    sites: dict[str, tuple[float, float]],
    larger: set[str],
    fills: dict[str, list[int]],
    words: dict[str, Words],
    region: str,
    look: Look,
) -> list[pdk.Layer]:
    markers = [
        {
            "place": place,
            "fill": fills[site][:3],
            "size": (8 if site in larger else 5) + (2 if site == region else 0),
            "edge": 3 if site == region else 1.25,
        }
        for site, place in sites.items()
    ]
    targets = [{"place": place, "site": site, **words[site]} for site, place in sites.items()]
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
            get_line_width="edge",
            line_width_units="'pixels'",
        ),
        _target(
            "ScatterplotLayer",
            targets,
            get_position="place",
            get_radius=10,
            radius_units="'pixels'",
        ),
    ]


def _target(kind: str, rows: list[dict[str, Any]], **properties: Any) -> pdk.Layer:
    """An invisible layer that takes the pointer.

    Nameless, or Streamlit would fade all regions but the clicked one, and paint that one over;
    it finds none to paint among the layers with a name.
    """
    layer = pdk.Layer(kind, rows, opacity=0, pickable=True, **properties)
    del layer.id
    return layer


def _larger(
    sites: dict[str, tuple[float, float]], shapes: tuple[Shape, ...], camera: Camera
) -> set[str]:
    sizes: dict[str, float] = {}
    for shape in shapes:
        sizes[shape.site] = max(shape.size, sizes.get(shape.site, 0.0))
    return to_enlarge(sites, sizes, camera.pixel)


def _sites(dataset: Dataset, camera: Camera) -> dict[str, tuple[float, float]]:
    """Where each site stands on the map."""
    return {
        site: (camera.extent.beside(longitude), latitude)
        for site, (longitude, latitude) in places(dataset).items()
    }


def _tooltips(comparison: Comparison, view: View) -> dict[str, Words]:
    """What stands at the pointer, by site: before, after and change, with units."""
    quantity = find_quantity(comparison.after.footprints, view.quantity)
    parts = [
        comparison.by_column[f"{quantity.column}_{part}"].tolist()
        for part in ("before", "after", "change", "change_pct")
    ]
    names = comparison.after.site_names
    return {
        site: _tooltip(
            names[site], quantity, before, after, moved, percent, comparison.is_added(site)
        )
        for site, before, after, moved, percent in zip(comparison.sites, *parts, strict=True)
    }


def _tooltip(
    name: str,
    quantity: Quantity,
    before: float,
    after: float,
    difference: float,
    percent: float,
    added: bool,
) -> Words:
    figure = f"{quantity.label}: {amount(after, quantity.unit)}"
    if added:
        return words(name, figure, "not there in the baseline")
    return words(
        name,
        figure,
        f"compared with {amount(before, quantity.unit)}",
        f"{change(difference, quantity.unit)} ({percent_change(percent)})",
    )


def words(name: str, *lines: str) -> Words:
    """A region's name and the lines beneath it, as plain text: Streamlit escapes what it shows."""
    return {"name": name, "words": "\n".join(lines)}


def _tooltip_style(look: Look) -> dict[str, str]:
    return {
        "backgroundColor": look.ink,
        "color": look.paper,
        "fontSize": "13px",
        "borderRadius": "3px",
        "padding": "6px 9px",
        "whiteSpace": "pre-line",
        "width": "max-content",
        "maxWidth": "min(20rem, 70vw)",
    }


def picked_site(selection: dict[str, Any]) -> str | None:
    """The site of a click on the map (Streamlit's selection), None where the click hit none."""
    rows = chain.from_iterable(selection.get("objects", {}).values())
    return next((str(row["site"]) for row in rows), None)
