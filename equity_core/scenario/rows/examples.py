"""An example for every control, as a reader meets it beside what the control means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from equity_core.scenario.rows.row import Parameter

EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "dataset": "23 US states over all of 2023.",
        "onsite_water": "0 takes none on site, 2 twice as much.",
        "policy": "Cheapest buys electricity where and when it costs least.",
        "water_weight": "at 60 a cubic metre less there may cost up to 60 USD.",
        "carbon_weight": "at 1,500 a tonne less there may cost up to 1,500 USD.",
        "water_price": "5 adds 5 USD for every cubic metre.",
        "carbon_price": "100 adds 100 USD for every tonne.",
        "carbon_accounting": "a grid full of wind is clean on average, yet one MWh more may come "
        "from gas.",
        "measure": "the burden of the one region that carries most.",
        "measure_parameter": "0.3 is the mean of the worst three regions in ten.",
        "lens": "by water stress a cubic metre counts more where water is scarce.",
        "reach": "at its own site only, so that nothing moves.",
        "max_latency_ms": "100 ms reaches across one ocean, not around the world.",
        "movable_share": "20% leaves four fifths where they arise.",
        "deferrable_share": "40% where training waits and inference does not.",
        "defer_window": "work of the evening may run at noon of the same day.",
        "baseline": "the cheapest plan, or each region serving its own load.",
        "baseline_world": "after a drought, the world as it is shows what drought and policy do "
        "together.",
        "cost_increase_limit": "5% above what the cheapest plan costs.",
        "water_limit_m3": "1,900 m³ over the 19 days of the paper's data.",
        "carbon_limit_t": "120 t over the 19 days of the paper's data.",
        "water_total_limit_m3": "14,000 m³ over the 19 days of the paper's data.",
        "carbon_total_limit_t": "1,000 t over the 19 days of the paper's data.",
        "no_region_worse": "Texas is not spared at the cost of Germany.",
        "worse_tolerance": "2% more in a region is let pass.",
        "demand_growth": "20% is a fifth more load.",
        "capacity_growth": "20% is a fifth more room.",
        "new_site_like": "Denmark, with its prices, its carbon and its water.",
        "new_site_mw": "1 MW, as each site of the paper.",
        "new_site_latitude": "55.6 in the south of Denmark.",
        "new_site_longitude": "9.8 in the south of Denmark.",
        "start": "2022-10-01T00:00Z.",
        "end": "2022-10-08T00:00Z.",
        "price": "1.2 is a fifth dearer.",
        "water": "1.5 takes half as much again.",
        "carbon": "0.8 is a fifth cleaner.",
        "capacity": "0.5 halves the site.",
        "demand": "2 is twice the load.",
        "lens_weight": "2 beside 1 elsewhere counts each unit twice.",
        "weight": "at 1 a unit less there may cost up to 1 USD.",
        "further_price": "1 adds 1 USD for every unit.",
        "limit": "what the region carries in the baseline.",
        "total_limit": "what all regions carry in the baseline.",
    }
)
"""By the field's name; those of one region or footprint that another field is called like have
a name of their own."""

SITES, FURTHER = "sites", "further"


def example(row: Parameter) -> str:
    """ "For example: 20% leaves four fifths where they arise."."""
    name = row.name
    if (row.group, name) == (SITES, "lens"):
        name = "lens_weight"
    if (row.group, name) == (FURTHER, "price"):
        name = "further_price"
    return f"For example: {EXAMPLES[name]}"
