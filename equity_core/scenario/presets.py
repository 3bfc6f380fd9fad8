"""Named places to start from, each with one line of explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.scenario import Scenario

LEVERS = ("policy", "water_weight", "carbon_weight", "water_price", "carbon_price")
"""What a preset sets; data, reach, period, baseline and regional factors stay as they are."""


@dataclass(frozen=True)
class Preset:
    """A named setting of the policy levers; levers not in `changes` go back to their default."""

    name: str
    label: str
    explanation: str
    changes: Mapping[str, Any] = field(hash=False)

    def apply(self, scenario: Scenario) -> Scenario:
        """`scenario` with this preset's levers."""
        defaults = {lever: BY_NAME[lever].default for lever in LEVERS}
        return scenario.replace(**(defaults | dict(self.changes)))


PRESETS: tuple[Preset, ...] = (
    Preset(
        "paper",
        "The paper's equity case",
        "Cost plus 60 USD a cubic metre and 1500 USD a tonne at the worst-hit regions.",
        {"policy": "equity"},
    ),
    Preset(
        "first_step",
        "A first step",
        "A tenth of the paper's weights: the relief that costs least.",
        {"policy": "equity", "water_weight": 6.0, "carbon_weight": 150.0},
    ),
    Preset(
        "cheapest",
        "Cheapest",
        "The least electricity cost, whoever carries the water and the carbon.",
        {"policy": "cost"},
    ),
    Preset(
        "lowest_carbon",
        "Lowest carbon",
        "The least carbon in total, whatever it costs and wherever it falls.",
        {"policy": "carbon"},
    ),
    Preset(
        "least_water",
        "Least water",
        "The least water in total, whatever it costs and wherever it falls.",
        {"policy": "water"},
    ),
    Preset(
        "cost_and_carbon",
        "Cost and carbon",
        "Cost plus 600 USD a tonne on all carbon: the usual carbon-aware plan.",
        {"policy": "cost_and_carbon"},
    ),
    Preset(
        "all_averages",
        "All averages",
        "Cost, 30 USD a cubic metre and 300 USD a tonne on the totals: good on average, for no one "
        "in particular.",
        {"policy": "all_averages"},
    ),
    Preset(
        "fairest",
        "Fairest",
        "The lightest burden on the worst-hit regions that any plan can reach, whatever it costs.",
        {"policy": "fairest"},
    ),
    Preset(
        "nearest",
        "Nearest",
        "Every gateway is served at its own site: nothing is moved.",
        {"policy": "nearest"},
    ),
)


def preset_of(scenario: Scenario) -> Preset | None:
    """The preset whose levers the scenario has, or None once a lever was moved."""
    return next((preset for preset in PRESETS if preset.apply(scenario) == scenario), None)
