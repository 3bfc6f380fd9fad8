"""Questions about measures, lenses, limits and levers, and their answers by the formulas."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from equity_core import Scenario
from equity_core.model.fleet import fleet_of
from equity_core.model.lens import lens_of
from equity_core.scenario.parameters import POLICIES_WITHOUT_LEVY
from equity_core.scenario.policies import policy_terms
from equity_core.scenario.rows.policy import LENSES
from tests.small import POLICIES, Question, enriched, grid, small_datasets


@st.composite
def rich_datasets(draw):
    """Small data sets with a third footprint, round trips, and the figures that lenses read."""
    dataset = draw(small_datasets().filter(lambda dataset: dataset.demand.any()))
    sites, hours = dataset.price.shape
    figure = st.integers(1, 4).map(float)
    return enriched(
        dataset,
        health=draw(grid((sites, hours), 0, 16, 0.5)),
        latency=draw(grid((sites, len(dataset.gateways)), 0, 4, 25.0)),
        water_stress_pct=draw(st.lists(figure, min_size=sites, max_size=sites)),
        gdp_per_capita_usd=draw(st.lists(figure, min_size=sites, max_size=sites)),
        electricity_burden_pct=draw(st.lists(figure, min_size=sites, max_size=sites)),
        population=draw(st.lists(figure, min_size=sites, max_size=sites)),
    )


MEASURES = (
    {},
    {"measure": "worst_share"},
    {"measure": "worst_share", "measure_parameter": 0.5},
    {"measure": "worst_share", "measure_parameter": 0.05},
    {"measure": "worst_share", "measure_parameter": 1.0},
    {"measure": "lq"},
    {"measure": "lq", "measure_parameter": 1.0},
    {"measure": "lq", "measure_parameter": 2.0},
    {"measure": "lq", "measure_parameter": 1.5},
    {"measure": "lq", "measure_parameter": 20.0},
)


LINEAR = tuple(m for m in MEASURES if m.get("measure") != "lq" or m.get("measure_parameter") == 1)
"""Measures that leave a linear program."""

NORMS = tuple(m for m in MEASURES if m not in LINEAR)


@st.composite
def policy_questions(draw, measures=MEASURES, policies=POLICIES):
    """Any policy without limits: measures, lenses, levies, further footprints, levers."""
    dataset = draw(rich_datasets())
    policy = draw(st.sampled_from(policies))
    levied = policy not in POLICIES_WITHOUT_LEVY
    weight = st.sampled_from([0.0, 0.5, 10.0, 60.0, 1500.0])
    price = st.sampled_from([0.0, 0.0, 5.0]) if levied else st.just(0.0)
    names = ("price", "water", "carbon", "capacity", "demand", "lens")
    ones = st.sampled_from([1.0, 1.0, 1.0, 0.5, 1.5])
    factors = st.fixed_dictionaries(dict.fromkeys(names, ones))
    new_site = draw(st.sampled_from(["", "", *dataset.site_ids]))
    scenario = Scenario(
        dataset="small",
        policy=policy,
        baseline=draw(st.sampled_from(["cost", "carbon", "nearest", "equity"])),
        baseline_world=draw(st.sampled_from(["as_is", "as_set"])),
        reach=draw(st.sampled_from(["full", "full", "partial", "latency"])),
        max_latency_ms=75.0,
        movable_share=draw(st.sampled_from([1.0, 1.0, 0.5, 0.2, 0.0])),
        deferrable_share=draw(st.sampled_from([0.0, 0.0, 0.3, 0.7, 1.0])),
        defer_window=draw(st.sampled_from(["day", "period"])),
        water_weight=draw(weight),
        carbon_weight=draw(weight),
        water_price=draw(price),
        carbon_price=draw(price),
        lens=draw(st.sampled_from([option.value for option in LENSES])),
        capacity_growth=draw(st.sampled_from([0.0, 0.0, 0.25])),
        demand_growth=draw(st.sampled_from([0.0, 0.0, -0.25, 0.125])),
        new_site_like=new_site,
        factors=draw(st.dictionaries(st.sampled_from(dataset.site_ids), factors)),
        further=draw(
            st.sampled_from([{}, {"health": {"weight": draw(weight), "price": draw(price)}}])
        ),
        **draw(st.sampled_from(measures)),
    )
    return Question(scenario, dataset)


# Fractions of what the cheapest plan does; no round figures, so that few limits are met exactly.
LIMITS = st.dictionaries(
    st.sampled_from(
        [
            "water_limit_m3",
            "carbon_limit_t",
            "water_total_limit_m3",
            "carbon_total_limit_t",
            "factors.water_limit_m3",
            "factors.carbon_limit_t",
            "further.limit",
            "further.total_limit",
            "cost_increase_limit",
            "no_region_worse",
        ]
    ),
    st.sampled_from([0.37, 0.71, 0.87, 0.93, 0.97, 1.13]),
    min_size=1,
    max_size=3,
)


def with_limits(scenario, burdens, limits):
    """`scenario` with limits that are fractions of what a plan with `burdens` does."""
    fields = {"factors": dict(scenario.factors), "further": dict(scenario.further)}
    first = burdens.index[0]
    for name, fraction in limits.items():
        place, _, part = name.rpartition(".")
        column = "water_m3" if "water" in name else "carbon_t"
        if name == "cost_increase_limit":
            fields[name] = fraction / 10
        elif name == "no_region_worse":
            fields |= {name: True, "worse_tolerance": round(fraction / 5, 4)}
        elif place == "factors":
            own = {part: fraction * burdens.loc[first, column]}
            fields["factors"][first] = scenario.factors_of(first).replace(**own)
        elif place == "further":
            health = burdens["health_usd"]
            most = fraction * (health.sum() if part == "total_limit" else health.max())
            terms = fields["further"].get("health", scenario.further_of("health"))
            fields["further"]["health"] = terms.replace(**{part: most})
        elif "total" in name:
            fields[name] = fraction * burdens[column].sum()
        else:
            fields[name] = fraction * burdens[column].max()
    return scenario.replace(**fields)


def by_formula(scenario, dataset, burdens):
    """The objective of a plan with these burdens, by the formulas of docs/METHOD.md."""
    dataset = fleet_of(scenario, dataset)
    terms = policy_terms(scenario)
    columns = {item.name: item.column for item in dataset.footprints}
    objective = terms.cost * burdens["cost_usd"].sum()
    for name, price in terms.total.items():
        objective += price * burdens[columns[name]].sum()
    for name, weight in terms.worst.items():
        weighed = lens_of(scenario, dataset, name) * burdens[columns[name]].to_numpy()
        objective += weight * measured(scenario, weighed)
    return objective


def measured(scenario, weighed):
    """Equations (10) to (12)."""
    parameter = scenario.share_or_exponent
    match scenario.measure:
        case "worst_share":
            # The worst 100 s per cent of a population in which each region is N parts of 1 / N.
            heaviest_first = np.sort(weighed)[::-1]
            counted = np.clip(parameter * len(weighed) - np.arange(len(weighed)), 0, 1)
            return heaviest_first @ counted / counted.sum()
        case "lq":
            scale = weighed.max() or 1.0
            return scale * ((weighed / scale) ** parameter).sum() ** (1 / parameter)
        case _:
            return weighed.max()


def excess(scenario, burdens, cheapest, reference):
    """The largest relative amount by which a plan breaks a limit; 0 where it keeps them all."""
    worst, total = burdens.max(), burdens.sum()
    pairs = [
        (worst["water_m3"], scenario.water_limit_m3),
        (worst["carbon_t"], scenario.carbon_limit_t),
        (total["water_m3"], scenario.water_total_limit_m3),
        (total["carbon_t"], scenario.carbon_total_limit_t),
    ]
    for site, factors in scenario.factors.items():
        pairs.append((burdens.loc[site, "water_m3"], factors.water_limit_m3))
        pairs.append((burdens.loc[site, "carbon_t"], factors.carbon_limit_t))
    for name, terms in scenario.further.items():
        pairs += [(worst[f"{name}_usd"], terms.limit), (total[f"{name}_usd"], terms.total_limit)]
    if scenario.cost_increase_limit is not None:
        most = cheapest + scenario.cost_increase_limit * abs(cheapest)
        pairs.append((total["cost_usd"], most))
    if scenario.no_region_worse:
        columns = [name for name in burdens if name not in ("energy_mwh", "cost_usd")]
        most = (1 + scenario.worse_tolerance) * reference[columns].to_numpy()
        pairs += zip(burdens[columns].to_numpy().ravel(), most.ravel(), strict=True)
    broken = [(used - most) / max(abs(most), 1.0) for used, most in pairs if most is not None]
    return max(broken, default=0.0)
