"""How the page shows a scenario: which quantity, change or burden, where the map looks.

Kept in the URL under names that start with `show_`, apart from the scenario's own fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import permutations

from equity_core.errors import ScenarioError, shown
from equity_core.inputs.dataset import Dataset
from equity_core.online.forecasts import ADVERSARY, FORECASTS
from equity_core.online.refusals import METHODS
from equity_core.robustness.ranges import (
    APART,
    GRID_AREA,
    USUAL,
    USUAL_DRAWS,
    Ranges,
    read_ranges,
)
from equity_core.scenario.checks import did_you_mean
from equity_core.scenario.lineup import Named, read_leniently, to_text
from equity_core.text.beside.columns import LETTERS
from equity_core.text.quantities import Quantity, quantities
from ui.maps.places import ALL, THE_WORLD, places_of

PREFIX = "show_"
SHORT_LABELS = {
    "cost_usd": "Cost",
    "marginal_carbon_t": "Marginal",
    "energy_mwh": "Load",
    "health_usd": "Health",
}
OWN_FORECAST = "own"
"""The reader's own file, which a link cannot hold."""
BOTH = "both"
"""Two maps, of the baseline and of the scenario, in one scale."""
LAST_HOUR = "1000000"
"""Beyond the end of any period: the player stands at its end, and Play begins at its start."""
DEFAULTS = {"hour": "the end of the period"}
"""Defaults that no number tells."""
NUMBERS = {"error": 2.0, "trust": 10.0, "hour": float(LAST_HOUR)}
"""Settings that are numbers from 0 on, each with the largest."""
DRAWN = ("ranges", "draws", "seed")
"""What says what Robustness draws."""
MOST_DIGITS = 12
FIRST_TWO = "AB"
FORMER_OTHER = "other"
"""What links said while Compare had two scenarios: the query of the second one."""
MODES = {"change": "Change", "burden": "Burden", BOTH: "Two maps"}
BARS = {"total": "Bars", "household": "Per household", "slopes": "Slopes"}
"""How the regions stand beside the map."""


@dataclass(frozen=True)
class View:
    """`quantity` is a column of the burdens; `region` the site whose factors stand open, or "";
    `method` to `hour` are what the page Foresight plays, `ranges` to `seed` what Robustness draws;
    `table` the scenarios that this one stands beside on Compare (equity_core/scenario/lineup.py),
    `pair` the letters of the two shown in full.
    """

    quantity: str = "water_m3"
    mode: str = "change"
    place: str = ALL
    flows: str = "no"
    region: str = ""
    table: str = ""
    pair: str = FIRST_TWO
    bars: str = "total"
    method: str = "weights"
    forecast: str = "last_week"
    error: str = "0.1"
    trust: str = "0.05"
    hour: str = LAST_HOUR
    ranges: str = ""
    together: str = APART
    draws: str = str(USUAL_DRAWS)
    seed: str = "1"

    def replace(self, **fields: str) -> View:
        """A copy with `fields`."""
        return replace(self, **fields)


def read_view(address: Mapping[str, str], dataset: Dataset) -> tuple[View, list[str]]:
    """The view an address asks for, and a sentence for each part that cannot be shown."""
    allowed = _allowed(dataset)
    chosen, problems = dict[str, str](), list[str]()
    for key, text in address.items():
        name = key.removeprefix(PREFIX)
        if not key.startswith(PREFIX):
            continue
        if name in NUMBERS:
            problems += _read_number(name, text, chosen)
        elif name in DRAWN:
            problems += _read_drawn(name, text, dataset, chosen)
        elif name == FORMER_OTHER:
            chosen.setdefault("table", to_text((Named("", ""), Named("", text))))
        elif name == "table":
            chosen[name] = text
            problems += read_leniently(text)[1]
        elif (name, text) == ("place", THE_WORLD) and text not in allowed[name]:
            pass  # what all sites take is the world already
        elif name not in allowed:
            problems.append(f"There is no setting {shown(key)}; it is ignored.")
        elif text not in allowed[name]:
            problems.append(
                f"{key} is {shown(text)}, which does not exist. "
                f"{did_you_mean(text, allowed[name])} "
                f"The default ({getattr(View(), name) or 'none'}) is used instead."
            )
        else:
            chosen[name] = text
    return View(**chosen), problems


def ranges_of(view: View) -> Ranges:
    """What the page Robustness draws; raises `ScenarioError`."""
    spreads = read_ranges(view.ranges.split(",")) if view.ranges else {}
    return Ranges(spreads, view.together, _whole(view.draws), _whole(view.seed))


def ranges_text(spreads: Mapping[str, float]) -> str:
    """Spreads as a link has them: "price=0.3,texas.water=0.4"; what is as usual is left out."""
    told = {name: x for name, x in spreads.items() if "." in name or x != USUAL.get(name, 0.0)}
    return ",".join(f"{name}={told[name]:g}" for name in sorted(told))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else -1


def _read_drawn(name: str, text: str, dataset: Dataset, chosen: dict[str, str]) -> list[str]:
    """Adds to `chosen` what is drawn, or tells why not."""
    try:
        ranges_of(View(**{name: text})).check_against(dataset)
    except ScenarioError as error:
        default = getattr(View(), name) or "the usual ranges"
        return [f"{PREFIX}{name}: {error} The default ({default}) is used instead."]
    chosen[name] = text
    return []


def _read_number(name: str, text: str, chosen: dict[str, str]) -> list[str]:
    """Adds to `chosen` a setting that is a number, or tells why not."""
    if not _is_number(text, NUMBERS[name]):
        return [
            f"{PREFIX}{name} is {shown(text)}; give a number from 0 to {NUMBERS[name]:,.0f}. "
            f"The default ({DEFAULTS.get(name, getattr(View(), name))}) is used instead."
        ]
    chosen[name] = text
    return []


def _is_number(text: str, most: float) -> bool:
    try:
        return 0 <= float(text) <= most
    except ValueError:
        return False


def _allowed(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    return {
        "quantity": tuple(row.column for row in quantities(dataset.footprints)),
        "mode": tuple(MODES),
        "bars": tuple(BARS),
        "place": tuple(places_of(dataset)),
        "flows": ("yes", "no"),
        "region": dataset.site_ids,
        "pair": tuple(map("".join, permutations(LETTERS, 2))),
        "method": METHODS,
        "forecast": (*FORECASTS, ADVERSARY, OWN_FORECAST),
        "together": (APART, GRID_AREA),
    }


def view_query(view: View) -> dict[str, str]:
    """The parts of `view` that differ from the default, as keys and values of the address."""
    default = View()
    return {
        PREFIX + name: value
        for name, value in vars(view).items()
        if value != getattr(default, name)
    }


def quantity_label(quantity: Quantity) -> str:
    """A quantity's name on a button: the shortest that is clear."""
    return SHORT_LABELS.get(quantity.column, quantity.label)
