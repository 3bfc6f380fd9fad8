"""Rows of the parameter table: what the plan may not exceed, under any policy."""

from __future__ import annotations

from equity_core.scenario.rows.row import LARGEST_FACTOR, LARGEST_LIMIT, Parameter


def limit(name: str, label: str, explanation: str, unit: str, equation: str) -> Parameter:
    """A row whose value bounds a burden; empty means no limit."""
    return Parameter(
        name=name,
        label=label,
        help=explanation,
        unit=unit,
        group="limits",
        kind="optional_number",
        default=None,
        equation=equation,
        minimum=0.0,
        maximum=LARGEST_LIMIT,
    )


LIMIT_ROWS: tuple[Parameter, ...] = (
    Parameter(
        name="cost_increase_limit",
        label="Cost limit",
        help="The most the plan may cost above the cheapest one in the world with the same "
        "changes, as a fraction of it; 0.05 is 5% more.",
        unit="1",
        group="limits",
        kind="optional_number",
        default=None,
        equation="cost ≤ (1 + cost_increase_limit) × cost of the cheapest plan",
        minimum=0.0,
        maximum=LARGEST_FACTOR,
        slider=(0.0, 0.5),
    ),
    limit(
        "water_limit_m3",
        "Water limit",
        "The most water any one region may use over the period.",
        "m3",
        "F[water,i] ≤ water_limit_m3 for every i",
    ),
    limit(
        "carbon_limit_t",
        "Carbon limit",
        "The most carbon any one region may emit over the period.",
        "t",
        "F[carbon,i] ≤ carbon_limit_t for every i",
    ),
    limit(
        "water_total_limit_m3",
        "Limit on all water",
        "The most water all regions together may use over the period.",
        "m3",
        "Σ_i F[water,i] ≤ water_total_limit_m3",
    ),
    limit(
        "carbon_total_limit_t",
        "Limit on all carbon",
        "The most carbon all regions together may emit over the period.",
        "t",
        "Σ_i F[carbon,i] ≤ carbon_total_limit_t",
    ),
    Parameter(
        name="no_region_worse",
        label="No region worse off",
        help="No region may carry more of any footprint than under its baseline in "
        "the world with the same changes.",
        unit="true/false",
        group="limits",
        kind="flag",
        default=False,
        equation="F[k,i] ≤ (1 + worse_tolerance) × F_reference[k,i] for every k and i",
    ),
    Parameter(
        name="worse_tolerance",
        label="Tolerance of no region worse off",
        help="How much more a region may carry all the same, as a fraction of what it carries "
        "under the baseline in the world with the same changes; 0.02 is 2% more.",
        unit="1",
        group="limits",
        kind="number",
        default=0.0,
        equation="F[k,i] ≤ (1 + worse_tolerance) × F_reference[k,i] for every k and i",
        minimum=0.0,
        maximum=LARGEST_FACTOR,
        slider=(0.0, 0.5),
    ),
)
