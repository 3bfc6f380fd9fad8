"""THE parameter table: one row is widget, validation, link key and documentation at once.

`PARAMETERS` holds the fields of a scenario, `SITE_FACTORS` what is set for one region,
`FURTHER_TERMS` what is set for one footprint beyond water and carbon. Nothing else in the project
states a default, a range, a unit, a label or an equation of a scenario field.
"""

from __future__ import annotations

from types import MappingProxyType

from equity_core.scenario.rows.fleet import FLEET_ROWS, REACH_ROWS
from equity_core.scenario.rows.limits import LIMIT_ROWS
from equity_core.scenario.rows.policy import BASELINE, BASELINE_WORLD, POLICIES, POLICY_ROWS
from equity_core.scenario.rows.row import (
    LARGEST_FACTOR,
    LARGEST_LIMIT,
    LARGEST_WEIGHT,
    Option,
    Parameter,
)
from equity_core.scenario.rows.sites import FURTHER_TERMS, SITE_FACTORS

__all__ = [
    "BY_NAME",
    "FACTORS_BY_NAME",
    "FURTHER_BY_NAME",
    "FURTHER_TERMS",
    "LARGEST_FACTOR",
    "LARGEST_LIMIT",
    "LARGEST_WEIGHT",
    "PARAMETERS",
    "POLICIES",
    "POLICIES_WITHOUT_LEVY",
    "SITE_FACTORS",
    "Option",
    "Parameter",
]

POLICIES_WITHOUT_LEVY = frozenset({"carbon", "water", "fairest"})
"""These policies do not minimise dollars, so a price per unit has nothing to be added to."""

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="dataset",
        label="Data set",
        help="The sites, hours, prices, intensities and demand to plan with.",
        unit="name",
        group="data",
        kind="name",
        default="paper-2022",
        equation="p[i,t], f[k,i,t], λ[j,t], cap[i]",
    ),
    Parameter(
        name="onsite_water",
        label="Cooling water on site",
        help="What cooling takes on site, as a multiple of the data set's level; only where the "
        "data set tells it from the water of power generation.",
        unit="1",
        group="data",
        kind="number",
        default=1.0,
        equation="f[water,i,t] = onsite_water × on site[i,t] + power generation[i,t]",
        minimum=0.0,
        maximum=LARGEST_FACTOR,
        slider=(0.0, 8.0),
    ),
    *POLICY_ROWS,
    *REACH_ROWS,
    BASELINE,
    BASELINE_WORLD,
    *LIMIT_ROWS,
    *FLEET_ROWS,
    Parameter(
        name="start",
        label="From",
        help="First hour of the period, included. Empty: from the data set's first hour.",
        unit="UTC hour",
        group="period",
        kind="optional_time",
        default=None,
        equation="t ≥ start",
    ),
    Parameter(
        name="end",
        label="Until",
        help="Hour at which the period ends, not included. Empty: to the data set's last hour.",
        unit="UTC hour",
        group="period",
        kind="optional_time",
        default=None,
        equation="t < end",
    ),
)

BY_NAME = MappingProxyType({row.name: row for row in PARAMETERS})
FACTORS_BY_NAME = MappingProxyType({row.name: row for row in SITE_FACTORS})
FURTHER_BY_NAME = MappingProxyType({row.name: row for row in FURTHER_TERMS})
