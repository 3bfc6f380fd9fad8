"""The arcs of moved load: (comparison, places) -> a layer of the map. No streamlit, no network."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pydeck as pdk

from equity_core.outcome.outcome import Comparison
from ui.theme import Look

_SMALLEST_FLOW = 0.01  # of the load moved in total: thinner arcs would only clutter


@dataclass(frozen=True)
class Flow:
    """Energy that the plan takes from one region and gives to another, against the baseline."""

    source: str
    target: str
    mwh: float


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


def flow_layer(
    comparison: Comparison, sites: dict[str, tuple[float, float]], look: Look
) -> pdk.Layer:
    """An arc a flow, from the place of one site to that of another."""
    flows = moved_load(comparison.table)
    largest = max((flow.mwh for flow in flows), default=1.0)
    return pdk.Layer(
        "ArcLayer",
        [
            {
                "from": sites[flow.source],
                "to": sites[flow.target],
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
