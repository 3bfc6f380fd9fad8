"""THE parameter table: one row is widget, validation, link key and documentation at once.

`PARAMETERS` holds the fields of a scenario, `SITE_FACTORS` the multipliers of one region.
Nothing else in the project states a default, a range, a unit or a label of a scenario field.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

Kind = Literal["choice", "name", "number", "optional_number", "flag", "optional_time"]
"""How a value is written: an option of the row, a data set's name, a number, yes/no, a UTC hour."""

LARGEST_WEIGHT = 1e6
"""USD per unit: hundreds of times the paper's weights, where no worst case moves any more."""

LARGEST_FACTOR = 100.0
"""Wide enough for reservoir evaporation, which multiplies Brazil's water by about 60."""

POLICIES_WITHOUT_LEVY = frozenset({"carbon", "water", "fairest"})
"""These policies do not minimise dollars, so a price per unit has nothing to be added to."""


@dataclass(frozen=True)
class Option:
    """One value of a choice, as the link writes it and as the page says it."""

    value: str
    label: str
    explanation: str


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One row of the table.

    `minimum` and `maximum` bound what is accepted (both inclusive). `slider` is the everyday range
    of a slider; on a `log` one it is where the scale begins and ends, and 0 stays reachable.
    `options` are on offer; `later` are known names that raise `NotYetAvailable`, as does any value
    but the default in a row with `available=False`.
    """

    name: str
    label: str
    help: str
    unit: str
    group: str
    kind: Kind
    default: Any
    options: tuple[Option, ...] = ()
    later: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    slider: tuple[float, float] | None = None
    log: bool = False
    available: bool = True

    @property
    def choices(self) -> tuple[str, ...]:
        """The values on offer."""
        return tuple(option.value for option in self.options)

    @property
    def choice_labels(self) -> dict[str, str]:
        """Value -> what the page calls it."""
        return {option.value: option.label for option in self.options}

    @property
    def explanations(self) -> dict[str, str]:
        """Value -> one line of explanation."""
        return {option.value: option.explanation for option in self.options}


POLICIES = (
    Option("cost", "Cheapest", "Buy electricity where and when it costs least."),
    Option("carbon", "Lowest carbon", "Emit the least carbon in total, whatever it costs."),
    Option("water", "Least water", "Use the least water in total, whatever it costs."),
    Option("cost_and_carbon", "Cost and carbon", "Cost plus 600 USD for each tonne of carbon."),
    Option(
        "all_averages",
        "Cost, carbon and water",
        "Cost plus 300 USD a tonne of carbon and 30 USD a cubic metre of water, wherever they are.",
    ),
    Option(
        "equity",
        "Equity",
        "Cost plus a weight on the water and on the carbon of the region that carries most of it.",
    ),
    Option(
        "fairest",
        "Fairest",
        "The lightest possible burden on the worst-hit region; cost only breaks ties.",
    ),
    Option("nearest", "Nearest", "Serve every gateway at its own site: no load is moved."),
)

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        name="dataset",
        label="Data set",
        help="The sites, hours, prices, intensities and demand to plan with.",
        unit="name",
        group="data",
        kind="name",
        default="paper-2022",
    ),
    Parameter(
        name="policy",
        label="Policy",
        help="What the plan minimises.",
        unit="name",
        group="policy",
        kind="choice",
        default="equity",
        options=POLICIES,
    ),
    Parameter(
        name="water_weight",
        label="Water fairness weight",
        help="What a cubic metre counts at the region that carries most water (policies equity "
        "and fairest). A weight, not a price; the paper uses 60.",
        unit="USD/m3",
        group="fairness",
        kind="number",
        default=60.0,
        minimum=0.0,
        maximum=LARGEST_WEIGHT,
        slider=(1.0, 10_000.0),
        log=True,
    ),
    Parameter(
        name="carbon_weight",
        label="Carbon fairness weight",
        help="What a tonne counts at the region that carries most carbon (policies equity "
        "and fairest). A weight, not a price; the paper uses 1500.",
        unit="USD/t",
        group="fairness",
        kind="number",
        default=1500.0,
        minimum=0.0,
        maximum=LARGEST_WEIGHT,
        slider=(10.0, 100_000.0),
        log=True,
    ),
    Parameter(
        name="water_price",
        label="Water price",
        help="A levy on every cubic metre used anywhere, added to what the policy minimises.",
        unit="USD/m3",
        group="policy",
        kind="number",
        default=0.0,
        minimum=0.0,
        maximum=LARGEST_WEIGHT,
        slider=(0.0, 100.0),
    ),
    Parameter(
        name="carbon_price",
        label="Carbon price",
        help="A levy on every tonne emitted anywhere, added to what the policy minimises.",
        unit="USD/t",
        group="policy",
        kind="number",
        default=0.0,
        minimum=0.0,
        maximum=LARGEST_WEIGHT,
        slider=(0.0, 1_000.0),
    ),
    Parameter(
        name="measure",
        label="Inequality measure",
        help="How the burdens of all regions become the one figure that the weights multiply.",
        unit="name",
        group="fairness",
        kind="choice",
        default="worst",
        options=(Option("worst", "Worst region", "The burden of the region that carries most."),),
        later=("worst_share", "lq"),
        available=False,
    ),
    Parameter(
        name="measure_parameter",
        label="Parameter of the measure",
        help="The share of regions (worst_share) or the exponent q (lq).",
        unit="1",
        group="fairness",
        kind="optional_number",
        default=None,
        minimum=0.0,
        maximum=100.0,
        available=False,
    ),
    Parameter(
        name="lens",
        label="Equity lens",
        help="How much a unit of burden counts in each region.",
        unit="name",
        group="fairness",
        kind="choice",
        default="equal",
        options=(Option("equal", "Equal", "A unit of burden counts the same everywhere."),),
        later=("water_stress", "income", "population", "own"),
        available=False,
    ),
    Parameter(
        name="reach",
        label="Reach",
        help="Where a gateway's load may be served.",
        unit="name",
        group="reach",
        kind="choice",
        default="full",
        options=(
            Option("full", "Anywhere", "Any site may serve any gateway."),
            Option("partial", "Allowed pairs only", "Only the pairs in the data set's mask."),
            Option("nearest", "Own site only", "Every gateway is served at its own site."),
        ),
        later=("latency",),
    ),
    Parameter(
        name="max_latency_ms",
        label="Latency limit",
        help="The longest round trip between a gateway and the site that serves it.",
        unit="ms",
        group="reach",
        kind="optional_number",
        default=None,
        minimum=0.0,
        maximum=1_000.0,
        available=False,
    ),
    Parameter(
        name="baseline",
        label="Compared with",
        help="The plan that changes are measured against: the same data, reach, period and "
        "regional factors, without levies.",
        unit="name",
        group="baseline",
        kind="choice",
        default="cost",
        options=POLICIES,
    ),
    Parameter(
        name="cost_increase_limit",
        label="Cost limit",
        help="The most the plan may cost above the cheapest one, as a fraction of it.",
        unit="1",
        group="limits",
        kind="optional_number",
        default=None,
        minimum=0.0,
        maximum=100.0,
        available=False,
    ),
    Parameter(
        name="water_limit_m3",
        label="Water limit",
        help="The most water any one region may use over the period.",
        unit="m3",
        group="limits",
        kind="optional_number",
        default=None,
        minimum=0.0,
        maximum=1e12,
        available=False,
    ),
    Parameter(
        name="carbon_limit_t",
        label="Carbon limit",
        help="The most carbon any one region may emit over the period.",
        unit="t",
        group="limits",
        kind="optional_number",
        default=None,
        minimum=0.0,
        maximum=1e12,
        available=False,
    ),
    Parameter(
        name="no_region_worse",
        label="No region worse off",
        help="No region may carry more water or carbon than under the baseline.",
        unit="true/false",
        group="limits",
        kind="flag",
        default=False,
        available=False,
    ),
    Parameter(
        name="start",
        label="From",
        help="First hour of the period, included. Empty: from the data set's first hour.",
        unit="UTC hour",
        group="period",
        kind="optional_time",
        default=None,
    ),
    Parameter(
        name="end",
        label="Until",
        help="Hour at which the period ends, not included. Empty: to the data set's last hour.",
        unit="UTC hour",
        group="period",
        kind="optional_time",
        default=None,
    ),
)


def _factor(name: str, label: str, explanation: str, *, available: bool = True) -> Parameter:
    """A multiplier of one region's figures; 1 leaves them as the data set has them."""
    return Parameter(
        name=name,
        label=label,
        help=explanation,
        unit="x",
        group="sites",
        kind="number",
        default=1.0,
        minimum=0.0,
        maximum=LARGEST_FACTOR,
        slider=(0.0, 3.0),
        available=available,
    )


SITE_FACTORS: tuple[Parameter, ...] = (
    _factor("price", "Electricity price", "Multiplies the region's price in every hour."),
    _factor("water", "Water intensity", "Multiplies the water used per MWh in the region."),
    _factor("carbon", "Carbon intensity", "Multiplies the carbon emitted per MWh in the region."),
    _factor("capacity", "Capacity", "Multiplies the load the site can serve; 0 is a moratorium."),
    _factor("demand", "Demand", "Multiplies the load that arises at the region's own gateway."),
    _factor("lens", "Lens weight", "Multiplies what the region's burden counts.", available=False),
)

BY_NAME = MappingProxyType({row.name: row for row in PARAMETERS})
FACTORS_BY_NAME = MappingProxyType({row.name: row for row in SITE_FACTORS})
