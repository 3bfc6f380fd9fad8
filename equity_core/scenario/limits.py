"""The limits of a scenario: which fields they are, which are set, and how one is changed."""

from __future__ import annotations

from equity_core.scenario.rows.limits import LIMIT_ROWS
from equity_core.scenario.rows.sites import FURTHER_TERMS, SITE_FACTORS
from equity_core.scenario.scenario import Scenario

WORSE = "worse_tolerance"
"""The field that stands for `no_region_worse`: how much worse is still allowed."""

OF_THE_FLEET = tuple(row.name for row in LIMIT_ROWS if row.kind == "optional_number")
"""Fields that bound the cost, every region or all regions together."""

OF_A_SITE = tuple(row.name for row in SITE_FACTORS if row.group == "limits")
OF_A_FOOTPRINT = tuple(row.name for row in FURTHER_TERMS if row.group == "limits")

IN_FRACTIONS = ("cost_increase_limit", WORSE)
"""Fields that bound a change, as a fraction; all others bound an amount."""

IN_AMOUNTS = tuple(name for name in OF_THE_FLEET if name not in IN_FRACTIONS)
"""Fields of the fleet that suit one data set's size only."""


def limits_set(scenario: Scenario) -> dict[str, float]:
    """Every limit of a scenario, by the field that the solver names it by, in table order."""
    found = {name: getattr(scenario, name) for name in OF_THE_FLEET}
    for site, factors in scenario.factors.items():
        found |= {f"factors.{site}.{name}": getattr(factors, name) for name in OF_A_SITE}
    for footprint, terms in scenario.further.items():
        found |= {f"further.{footprint}.{name}": getattr(terms, name) for name in OF_A_FOOTPRINT}
    if scenario.no_region_worse:
        found[WORSE] = scenario.worse_tolerance
    return {field: value for field, value in found.items() if value is not None}


def with_limit(scenario: Scenario, field: str, value: float | None) -> Scenario:
    """The scenario with one limit changed, or without it; raises `ScenarioError`."""
    if field == WORSE:
        return scenario.replace(no_region_worse=value is not None, worse_tolerance=value or 0.0)
    if "." not in field:
        return scenario.replace(**{field: value})
    kind, rest = field.split(".", 1)
    name, part = rest.rsplit(".", 1)
    records = dict(getattr(scenario, kind))
    record = scenario.factors_of(name) if kind == "factors" else scenario.further_of(name)
    return scenario.replace(**{kind: records | {name: record.replace(**{part: value})}})


def without_limits(scenario: Scenario) -> Scenario:
    """The scenario with no limit at all."""
    for field in limits_set(scenario):
        scenario = with_limit(scenario, field, None)
    return scenario
