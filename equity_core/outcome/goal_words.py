"""Limits in a policymaker's words: "no region above 1,900 m³ of water"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.formats import amount, number, percent
from equity_core.outcome.nouns import noun
from equity_core.scenario.scenario import Scenario

DIGITS = 6
"""Significant digits of a limit in words and of one that is proposed."""

WORSE = "worse_tolerance"
"""The field that stands for `no_region_worse`: how much worse is still allowed."""


@dataclass(frozen=True)
class Wording:
    """What the words of a limit need: the footprints, the regions' names, and the scenario's plans.

    `reference` is the plan under which no region may be worse off, `cheapest` the one that a limit
    on cost refers to: both live in the world as it is set.
    """

    footprints: Sequence[Footprint]
    names: dict[str, str]
    reference: str
    cheapest: str = "the cheapest plan"

    def goal(self, field: str, value: float) -> str:
        """The limit `field` of a scenario as a goal."""
        match field:
            case "cost_increase_limit":
                return f"cost at most {self.size(field, value)} above {self.cheapest}"
            case "worse_tolerance" if value == 0:
                return f"no region worse off than under {self.reference}"
            case "worse_tolerance":
                return f"no region more than {self.size(field, value)} worse off than under " + (
                    self.reference
                )
        footprint, size = self._footprint(field), self.size(field, value)
        of = f"{size} of {noun(footprint)}"
        if field.startswith("factors."):
            return f"{self.names[_site(field)]} at most {of}"
        if "total_limit" in field:
            return f"all regions together at most {of}"
        return f"no region above {of}"

    def size(self, field: str, value: float) -> str:
        """A limit's value with its unit: "5%", "1,900 m³"."""
        if field in ("cost_increase_limit", WORSE):
            return percent(value * 100, DIGITS)
        return amount(value, self._footprint(field).unit, DIGITS)

    def room(self, field: str, room: float, digits: int = DIGITS) -> str:
        """A difference between two values of a limit: "1.5 percentage points", "57 m³"."""
        if field not in ("cost_increase_limit", WORSE):
            return amount(room, self._footprint(field).unit, digits)
        shown = number(room * 100, digits)
        return f"{shown} percentage point{'' if shown == '1' else 's'}"

    def unit(self, field: str) -> tuple[str, float]:
        """A unit more of the limit in words, and how much of the field that is."""
        if field in ("cost_increase_limit", WORSE):
            return "percentage point", 0.01
        return amount(1, self._footprint(field).unit).removeprefix("1 "), 1.0

    def _footprint(self, field: str) -> Footprint:
        last = field.rsplit(".", 1)[-1]
        name = field.split(".")[1] if field.startswith("further.") else last.split("_")[0]
        return next(item for item in self.footprints if item.name == name)


def _site(field: str) -> str:
    """The site of `factors.SITE.NAME`."""
    return field.removeprefix("factors.").rsplit(".", 1)[0]


def limits_set(scenario: Scenario) -> dict[str, float]:
    """Every limit of a scenario, by the field that the solver names it by, in table order."""
    whole = (
        "cost_increase_limit",
        "water_limit_m3",
        "carbon_limit_t",
        "water_total_limit_m3",
        "carbon_total_limit_t",
    )
    found = {field: getattr(scenario, field) for field in whole}
    for site, factors in scenario.factors.items():
        for name in ("water_limit_m3", "carbon_limit_t"):
            found[f"factors.{site}.{name}"] = getattr(factors, name)
    for footprint, terms in scenario.further.items():
        for name in ("limit", "total_limit"):
            found[f"further.{footprint}.{name}"] = getattr(terms, name)
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


def room_above(value: float) -> float:
    """`value` rounded up to `DIGITS` digits: a limit that may be written down and still holds."""
    if value == 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(value))) - DIGITS + 1)
    return float(f"{math.ceil(value / step - 1e-6) * step:.{DIGITS}g}")
