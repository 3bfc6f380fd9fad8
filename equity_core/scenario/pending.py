"""Fields that a scenario can carry and the solver does not honour yet: refused, never ignored."""

from __future__ import annotations

from equity_core.errors import NotYetAvailable
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.scenario import Scenario

PENDING = (
    "measure",
    "lens",
    "cost_increase_limit",
    "water_limit_m3",
    "carbon_limit_t",
    "water_total_limit_m3",
    "carbon_total_limit_t",
    "no_region_worse",
    "demand_growth",
    "capacity_growth",
    "new_site_like",
)


def refuse_pending(scenario: Scenario) -> None:
    """Raise `NotYetAvailable` for the first field that the solver would ignore."""
    if acting := pending_fields(scenario):
        raise NotYetAvailable(
            acting[0], f"{acting[0]} is not yet available in this version; leave it out."
        )


def pending_fields(scenario: Scenario) -> list[str]:
    """The fields that the solver would ignore."""
    acting = [name for name in PENDING if getattr(scenario, name) != BY_NAME[name].default]
    acting += [f"further.{name}" for name in scenario.further]
    for site, factors in scenario.factors.items():
        limits = {"water_limit_m3", "carbon_limit_t"} & set(factors.non_defaults())
        acting += [f"factors.{site}.{name}" for name in sorted(limits)]
    return acting
