"""Rows of the parameter table: what the plan minimises, and what it is compared with."""

from __future__ import annotations

from equity_core.measures.table import MEASURES
from equity_core.scenario.rows.row import LARGEST_WEIGHT, Option, Parameter

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
        "The lightest possible burden on the region that carries most; of equally light plans, the "
        "cheapest.",
    ),
    Option("nearest", "Nearest", "Serve every gateway at its own site: no load is moved."),
)

WORLDS = (
    Option(
        "as_is",
        "The world as it is",
        "Without regional factors, growth and the new site: what they do is part of the change.",
    ),
    Option(
        "as_set",
        "The world with the same changes",
        "With the same regional factors, growth and new site: the change is that of policy alone.",
    ),
)

ACCOUNTINGS = (
    Option("average", "Average", "What the grid emits, shared among all that it serves."),
    Option("marginal", "Marginal", "What the power stations emit that answer to one MWh more."),
)

LENSES = (
    Option("equal", "Equal", "A unit of burden counts the same everywhere."),
    Option(
        "water_stress",
        "Water stress",
        "Water counts in proportion to the water stress of the region, as the data set gives it "
        "(its source card says what it counts); everything else counts the same everywhere.",
    ),
    Option(
        "income",
        "Income",
        "A unit of burden counts in inverse proportion to income: per household of the state "
        "where the data set has it, else per head of the country.",
    ),
    Option(
        "population",
        "Per head",
        "A unit of burden counts in inverse proportion to the people, or else the households, of "
        "the region: the burden per head.",
    ),
    Option(
        "energy_burden",
        "Energy burden",
        "A unit of burden counts in proportion to the share of their income that households pay "
        "for electricity.",
    ),
    Option("own", "Own weights", "A unit of burden counts what the regions' lens weights say."),
)


def _fairness_weight(name: str, label: str, unit_word: str, unit: str, default: float) -> Parameter:
    return Parameter(
        name=f"{name}_weight",
        label=label,
        help=f"What a {unit_word} counts at the region that carries most {name} (policies equity "
        f"and fairest). A weight, not a price; the paper uses {default:g}.",
        unit=unit,
        group="fairness",
        kind="number",
        default=default,
        equation=f"objective + {name}_weight × h(v[i] F[{name},i])",
        minimum=0.0,
        maximum=LARGEST_WEIGHT,
        slider={"water": (1.0, 10_000.0), "carbon": (10.0, 100_000.0)}[name],
        log=True,
    )


def _levy(name: str, label: str, what: str, unit: str, slider: float) -> Parameter:
    return Parameter(
        name=f"{name}_price",
        label=label,
        help=f"A levy on every {what} anywhere, added to what the policy minimises.",
        unit=unit,
        group="policy",
        kind="number",
        default=0.0,
        equation=f"objective + {name}_price × Σ_i F[{name},i]",
        minimum=0.0,
        maximum=LARGEST_WEIGHT,
        slider=(0.0, slider),
    )


POLICY = Parameter(
    name="policy",
    label="Policy",
    help="What the plan minimises.",
    unit="name",
    group="policy",
    kind="choice",
    default="equity",
    equation="min cost + Σ_k (a[k] Σ_i F[k,i] + μ[k] h(v[k,i] F[k,i]))",
    options=POLICIES,
)

BASELINE = Parameter(
    name="baseline",
    label="Compared with",
    help="The plan that changes are measured against: the same data, reach and period, without "
    "levies, limits, measures and lenses.",
    unit="name",
    group="baseline",
    kind="choice",
    default="cost",
    equation="change = F[k,i] − F_baseline[k,i]",
    options=POLICIES,
)

BASELINE_WORLD = Parameter(
    name="baseline_world",
    label="In which world",
    help="Whether regional factors, growth and the new site hold in the baseline, too. "
    "Limits on cost and on who is worse off always refer to the world with the same changes.",
    unit="name",
    group="baseline",
    kind="choice",
    default="as_is",
    equation="F_baseline[k,i] with p, f, λ, cap and N as in the data set (as_is) or as here "
    "(as_set)",
    options=WORLDS,
)

CARBON_ACCOUNTING = Parameter(
    name="carbon_accounting",
    label="Carbon counted by",
    help="Which carbon a policy minimises, weighs and charges; limits on carbon are on average "
    "carbon. Only where the data set knows both; both are always shown.",
    unit="name",
    group="policy",
    kind="choice",
    default="average",
    equation="F[carbon,i] → F[marginal_carbon,i] in a[k] and μ[k] (marginal)",
    options=ACCOUNTINGS,
)

MEASURE = Parameter(
    name="measure",
    label="Inequality measure",
    help="How the burdens of all regions become the one figure that the weights multiply.",
    unit="name",
    group="fairness",
    kind="choice",
    default=next(iter(MEASURES)),
    equation=f"h(z) = {', '.join(measure.equation for measure in MEASURES.values())}",
    options=tuple(Option(x.name, x.label, x.explanation) for x in MEASURES.values()),
)

MEASURE_PARAMETER = Parameter(
    name="measure_parameter",
    label="Parameter of the measure",
    help="The share of regions for worst_share, above 0 and at most 1 (empty: 0.3), or the "
    "exponent q for lq, from 1 to 20 (empty: 4).",
    unit="1",
    group="fairness",
    kind="optional_number",
    default=None,
    equation="s in worst_share, q in lq",
    minimum=0.0,
    maximum=20.0,
)

LENS = Parameter(
    name="lens",
    label="Equity lens",
    help="How much a unit of burden counts in each region; the mean over the regions is 1.",
    unit="name",
    group="fairness",
    kind="choice",
    default="equal",
    equation="h(F[k,i]) → h(v[k,i] F[k,i]), mean of v[k,i] over i = 1",
    options=LENSES,
)

POLICY_ROWS: tuple[Parameter, ...] = (
    POLICY,
    _fairness_weight("water", "Water fairness weight", "cubic metre", "USD/m3", 60.0),
    _fairness_weight("carbon", "Carbon fairness weight", "tonne", "USD/t", 1500.0),
    _levy("water", "Water price", "cubic metre used", "USD/m3", 100.0),
    _levy("carbon", "Carbon price", "tonne emitted", "USD/t", 1_000.0),
    CARBON_ACCOUNTING,
    MEASURE,
    MEASURE_PARAMETER,
    LENS,
)
