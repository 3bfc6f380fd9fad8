"""Limits in a policymaker's words: "no region above 1,900 m³ of water"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from equity_core.inputs.dataset import Footprint
from equity_core.scenario.limits import IN_FRACTIONS
from equity_core.scenario.scenario import Scenario
from equity_core.text.nouns import noun
from equity_core.text.numbers import amount, number, percent
from equity_core.text.plan_names import PLAN_NAMES, reference_name, same_changes

DIGITS = 6
"""Significant digits of a limit in words and of one that is proposed."""


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

    @classmethod
    def of(
        cls, scenario: Scenario, footprints: Sequence[Footprint], names: dict[str, str]
    ) -> Wording:
        """How the limits of `scenario` are put into words."""
        cheapest = PLAN_NAMES["cost"] + same_changes(scenario)
        return cls(footprints, names, reference_name(scenario), cheapest)

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
        if field in IN_FRACTIONS:
            return percent(value * 100, DIGITS)
        return amount(value, self._footprint(field).unit, DIGITS)

    def room(self, field: str, room: float, digits: int = DIGITS) -> str:
        """A difference between two values of a limit: "1.5 percentage points", "57 m³"."""
        if field not in IN_FRACTIONS:
            return amount(room, self._footprint(field).unit, digits)
        shown = number(room * 100, digits)
        return f"{shown} percentage point{'' if shown == '1' else 's'}"

    def unit(self, field: str) -> tuple[str, float]:
        """A unit more of the limit in words, and how much of the field that is."""
        if field in IN_FRACTIONS:
            return "percentage point", 0.01
        return amount(1, self._footprint(field).unit).removeprefix("1 "), 1.0

    def _footprint(self, field: str) -> Footprint:
        last = field.rsplit(".", 1)[-1]
        name = field.split(".")[1] if field.startswith("further.") else last.split("_")[0]
        return next(item for item in self.footprints if item.name == name)


def _site(field: str) -> str:
    """The site of `factors.SITE.NAME`."""
    return field.removeprefix("factors.").rsplit(".", 1)[0]


def room_above(value: float) -> float:
    """`value` rounded up to `DIGITS` digits: a limit that may be written down and still holds."""
    if value == 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(value))) - DIGITS + 1)
    return float(f"{math.ceil(value / step - 1e-6) * step:.{DIGITS}g}")
