"""Rows of the parameter table: where load may run, how much there is, and one more site."""

from __future__ import annotations

from equity_core.inputs.latency import LEAST_MS, MS_PER_KM
from equity_core.scenario.rows.row import LARGEST_FACTOR, Option, Parameter

REACHES = (
    Option("full", "Anywhere", "Any site may serve any gateway."),
    Option("partial", "Allowed pairs only", "Only the pairs in the data set's mask."),
    Option("nearest", "Own site only", "Every gateway is served at its own site."),
    Option("latency", "Within a round trip", "Only the pairs within the latency limit."),
)

WINDOWS = (
    Option("day", "Within its day", "At any hour of the same day, by UTC."),
    Option("period", "At any hour", "At any hour of the whole period."),
)

REACH_ROWS: tuple[Parameter, ...] = (
    Parameter(
        name="reach",
        label="Reach",
        help="Where a gateway's load may be served.",
        unit="name",
        group="reach",
        kind="choice",
        default="full",
        equation="x[i,j,t] = 0 where site i is out of reach of gateway j",
        options=REACHES,
    ),
    Parameter(
        name="max_latency_ms",
        label="Latency limit",
        help="The longest round trip between a gateway and the site that serves it (reach "
        "latency). The data set says which round trips are measured and which are estimated.",
        unit="ms",
        group="reach",
        kind="number",
        default=150.0,
        equation="x[i,j,t] = 0 where latency[i,j] > max_latency_ms",
        minimum=0.0,
        maximum=1_000.0,
        slider=(0.0, 400.0),
    ),
    Parameter(
        name="movable_share",
        label="Share of load that can move",
        help="The part of every gateway's load that may be served elsewhere; the rest stays at "
        "its own site in its own hour, even beyond the site's capacity: it does not wait either.",
        unit="1",
        group="reach",
        kind="number",
        default=1.0,
        equation="λ[j,t] → movable_share × λ[j,t], and y[j,t] ≥ (1 − movable_share) × λ[j,t]",
        minimum=0.0,
        maximum=1.0,
        slider=(0.0, 1.0),
    ),
    Parameter(
        name="deferrable_share",
        label="Share of load that can wait",
        help="The part of the load that can move, at every gateway, that need not run at once: "
        "training and batch work. It may run at any hour of its window, earlier or later, and at "
        "any site, whatever the reach.",
        unit="1",
        group="reach",
        kind="number",
        default=0.0,
        equation="λ[j,t] → (1 − deferrable_share) × λ[j,t], and Σ[i,t in a window] z[i,t] = "
        "deferrable_share × Σ[j,t in the window] λ[j,t]",
        minimum=0.0,
        maximum=1.0,
        slider=(0.0, 1.0),
    ),
    Parameter(
        name="defer_window",
        label="How long load can wait",
        help="The hours among which load that can wait may run: those of its own day, or all.",
        unit="name",
        group="reach",
        kind="choice",
        default="day",
        equation="a window: all t of one UTC day, or of the whole period",
        options=WINDOWS,
    ),
)


def _growth(name: str, label: str, explanation: str, equation: str) -> Parameter:
    return Parameter(
        name=name,
        label=label,
        help=explanation,
        unit="1",
        group="growth",
        kind="number",
        default=0.0,
        equation=equation,
        minimum=-1.0,
        maximum=LARGEST_FACTOR,
        slider=(-0.5, 1.0),
    )


def _coordinate(name: str, largest: float) -> Parameter:
    return Parameter(
        name=f"new_site_{name}",
        label=f"{name.title()} of the new site",
        help="Where the new site stands, which gives its estimated round trips. Empty: where the "
        "region stands whose figures it takes.",
        unit="degrees",
        group="new site",
        kind="optional_number",
        default=None,
        equation=f"latency[new-site,j] = {LEAST_MS:g} ms + {MS_PER_KM:g} ms × distance in km",
        minimum=-largest,
        maximum=largest,
    )


FLEET_ROWS: tuple[Parameter, ...] = (
    _growth(
        "demand_growth",
        "Demand growth",
        "How much more load arises at every gateway, as a fraction; 0.2 is a fifth more.",
        "λ[j,t] → λ[j,t] × (1 + demand_growth) × demand",
    ),
    _growth(
        "capacity_growth",
        "Capacity growth",
        "How much more load every site can serve, as a fraction; 0.2 is a fifth more.",
        "cap[i] → cap[i] × (1 + capacity_growth) × capacity",
    ),
    Parameter(
        name="new_site_like",
        label="New site like",
        help="Adds a site, new-site, which takes the prices, carbon and water of this region. "
        "Empty: no new site.",
        unit="site",
        group="new site",
        kind="site",
        default="",
        equation="i = 1 … N → 1 … N + 1, p[new-site,t] = p[like,t], f[k,new-site,t] = f[k,like,t]",
    ),
    Parameter(
        name="new_site_mw",
        label="Size of the new site",
        help="The load that the new site can serve.",
        unit="MW",
        group="new site",
        kind="number",
        default=1.0,
        equation="cap[new-site] = new_site_mw",
        minimum=0.0,
        maximum=1e6,
        slider=(0.0, 10.0),
    ),
    _coordinate("latitude", 90.0),
    _coordinate("longitude", 180.0),
)
