"""What the browser needs to draw previews, hidden in the page: (comparison, view) -> HTML.

`ui/assets/preview` reads it. The nodes come once for a scenario; the certified plan, against which
they are drawn, comes with every answer, in one piece with the figures. No streamlit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from equity_core.figures.colours import burden_scale, change_scale
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.preview.factors import values_of, without_factors
from equity_core.preview.nodes import can_preview, grid_scenario
from equity_core.scenario.link import fingerprint
from equity_core.text.nouns import noun, region_noun
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import find_quantity
from ui.theme import Look

SHADES = 65
"""Colours of a scale as the browser has it."""


def key_of(plan: Outcome) -> str:
    """Equal keys, equal nodes: the scenario but for its weights, the data and the product."""
    return fingerprint(grid_scenario(plan.scenario), plan.data_version)


def nodes_html(nodes: str, key: str, steps: Sequence[Sequence[float]], look: Look) -> str:
    """Packed `nodes`, the sliders' `steps` (water, carbon), and the colours of both scales."""
    told = {"key": key, "steps": steps, **_drawn(look)}
    given = f'data-nodes="{escape(nodes)}" data-beside="{_hidden(told)}"'
    return f'<div hidden class="ee-nodes" {given}></div>'


def courses_html(courses: str, plan: Outcome, site: str, look: Look) -> str:
    """Packed plans along the factors of `site` from where `plan` is."""
    at = values_of(plan.scenario, site)
    told = {"key": _key_along(plan, site), "at": at, **_drawn(look)}
    given = f'data-courses="{escape(courses)}" data-beside="{_hidden(told)}"'
    return f'<div hidden class="ee-courses" {given}></div>'


def _key_along(plan: Outcome, site: str) -> str:
    """Equal keys: all is the same but the multipliers of `site`."""
    return f"{fingerprint(without_factors(plan.scenario, site), plan.data_version)} {site}"


def _drawn(look: Look) -> dict[str, Any]:
    """Colours of both scales, and that of outlines."""
    scales = {"change": change_scale([1.0]), "burden": burden_scale([1.0])}
    shades = {name: look.shade(scale).ramp(SHADES).tolist() for name, scale in scales.items()}
    return {"shades": shades, "ink": list(look.outline[:3])}


def plan_html(
    comparison: Comparison, dataset: Dataset, shown: str, mode: str, bars: str, region: str
) -> str:
    """The certified plan and its baseline; nothing where there is no preview.

    `shown` is the column that map and bars show, `mode` and `bars` the way they do, `region` the
    one whose factors are open (`View`).
    """
    after, scenario = comparison.after, comparison.after.scenario
    if not can_preview(scenario, dataset):
        return ""
    name = baseline_name(comparison)
    quantity = find_quantity(after.footprints, shown)
    told = {
        "key": key_of(after),
        "weights": [scenario.water_weight, scenario.carbon_weight],
        "along": _key_along(after, region) if region else "",
        "factors": values_of(scenario, region),
        "than": f"under {name}",
        "places": region_noun(after.dataset_id),
        "names": [after.site_names[site] for site in comparison.sites],
        "sites": comparison.sites,
        "footprints": [
            {"name": item.name, "noun": noun(item), "unit": item.unit} for item in after.footprints
        ],
        "before": _amounts(comparison, "before"),
        "after": _amounts(comparison, "after"),
        "column": list(after.by_column).index(quantity.column),
        "unit": quantity.unit,
        "mode": mode,
        "bars": bars,
    }
    return f'<div hidden class="ee-plan" data-plan="{_hidden(told)}"></div>'


def _amounts(comparison: Comparison, part: str) -> list[list[float]]:
    """Energy, cost and burdens by region, to seven digits."""
    columns = (comparison.by_column[f"{name}_{part}"] for name in comparison.after.by_column)
    return [[float(f"{value:.7g}") for value in column.tolist()] for column in columns]


def _hidden(told: dict[str, Any]) -> str:
    return escape(json.dumps(told, separators=(",", ":"), ensure_ascii=False))
