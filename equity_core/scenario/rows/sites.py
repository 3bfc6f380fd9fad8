"""Rows for one region (`factors`) and for one footprint beyond water and carbon (`further`)."""

from __future__ import annotations

from equity_core.scenario.rows.limits import limit
from equity_core.scenario.rows.row import LARGEST_FACTOR, LARGEST_WEIGHT, Parameter


def _factor(name: str, label: str, explanation: str, equation: str) -> Parameter:
    """A multiplier of one region's figures; 1 leaves them as the data set has them."""
    return Parameter(
        name=name,
        label=label,
        help=explanation,
        unit="x",
        group="sites",
        kind="number",
        default=1.0,
        equation=equation,
        minimum=0.0,
        maximum=LARGEST_FACTOR,
        slider=(0.0, 3.0),
    )


SITE_FACTORS: tuple[Parameter, ...] = (
    _factor(
        "price",
        "Electricity price",
        "Multiplies the region's price in every hour.",
        "p[i,t] → p[i,t] × price",
    ),
    _factor(
        "water",
        "Water intensity",
        "Multiplies the water used per MWh in the region.",
        "f[water,i,t] → f[water,i,t] × water",
    ),
    _factor(
        "carbon",
        "Carbon intensity",
        "Multiplies the carbon emitted per MWh in the region; every further footprint, marginal "
        "carbon too, stays as it is.",
        "f[carbon,i,t] → f[carbon,i,t] × carbon",
    ),
    _factor(
        "capacity",
        "Capacity",
        "Multiplies the load the site can serve; 0 is a moratorium.",
        "cap[i] → cap[i] × (1 + capacity_growth) × capacity",
    ),
    _factor(
        "demand",
        "Demand",
        "Multiplies the load that arises at the region's own gateway.",
        "λ[j,t] → λ[j,t] × (1 + demand_growth) × demand",
    ),
    _factor(
        "lens",
        "Lens weight",
        "What a unit of burden counts in the region under the lens own; only the ratios between "
        "regions matter.",
        "v[k,i] = lens[i] / mean of lens",
    ),
    limit(
        "water_limit_m3",
        "Water limit",
        "The most water this region may use over the period.",
        "m3",
        "F[water,i] ≤ water_limit_m3",
    ),
    limit(
        "carbon_limit_t",
        "Carbon limit",
        "The most carbon this region may emit over the period.",
        "t",
        "F[carbon,i] ≤ carbon_limit_t",
    ),
)


def _charge(name: str, label: str, explanation: str, equation: str) -> Parameter:
    return Parameter(
        name=name,
        label=label,
        help=explanation,
        unit="USD/unit",
        group="further",
        kind="number",
        default=0.0,
        equation=equation,
        minimum=0.0,
        maximum=LARGEST_WEIGHT,
    )


FURTHER_TERMS: tuple[Parameter, ...] = (
    _charge(
        "weight",
        "Fairness weight",
        "What a unit counts at the region that carries most (policies equity and fairest).",
        "objective + weight × h(v[i] F[k,i])",
    ),
    _charge(
        "price",
        "Price",
        "A levy on every unit anywhere, added to what the policy minimises.",
        "objective + price × Σ_i F[k,i]",
    ),
    limit(
        "limit",
        "Limit",
        "The most that any one region may carry over the period.",
        "unit",
        "F[k,i] ≤ limit for every i",
    ),
    limit(
        "total_limit",
        "Limit on the total",
        "The most that all regions together may carry over the period.",
        "unit",
        "Σ_i F[k,i] ≤ total_limit",
    ),
)
