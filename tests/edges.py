"""Data sets and scenarios at the edges: nothing, nearly nothing, very much, all there is."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from equity_core import Scenario
from equity_core.scenario.parameters import BY_NAME, POLICIES_WITHOUT_LEVY
from tests.small import POLICIES, Question, enriched, grid, small_dataset

PRICE, WATER, CARBON = [[20, 50], [30, 10], [40, 60]], [[1, 2], [3, 0], [2, 2]], np.eye(3, 2) + 0.1
CAPACITY, DEMAND = [10, 8, 6], [[5, 7], [6, 3], [1, 1]]


def edge(**changes):
    """Three sites, two hours, ordinary figures but for the `changes`."""
    figures = {"price": PRICE, "water": WATER, "carbon": CARBON, "capacity": CAPACITY}
    figures |= {"demand": DEMAND} | changes
    return small_dataset(**{name: np.array(values, float) for name, values in figures.items()})


NONE, ONE = np.zeros((3, 2)), np.ones((1, 1))
DATASETS = {
    "all that there is": edge(demand=[[10, 10], [8, 8], [6, 6]]),
    "alike and full": edge(
        price=NONE + 50, water=NONE + 2, carbon=NONE + 0.4, capacity=[10] * 3, demand=NONE + 10
    ),
    "nearly no demand": edge(demand=np.array(DEMAND) * 1e-9),
    "tiny fleet": edge(demand=np.array(DEMAND) * 1e-9, capacity=np.array(CAPACITY) * 1e-9),
    "huge fleet": edge(demand=np.array(DEMAND) * 1e5, capacity=np.array(CAPACITY) * 1e5),
    "no demand": edge(demand=NONE),
    "free": edge(price=NONE),
    "one free site": edge(price=[[0, 0], [40, 40], [40, 40]]),
    "paid to use": edge(price=-np.array(PRICE)),
    "costs that cancel": edge(price=[[10, -10]] * 3, demand=[[5, 5], [0, 0], [0, 0]]),
    "dear": edge(price=np.array(PRICE) * 1e4),
    "no water": edge(water=NONE),
    "no burden": edge(water=NONE, carbon=NONE),
    "nothing at all": edge(price=NONE, water=NONE, carbon=NONE),
    "a trace of carbon": edge(carbon=np.array(CARBON) * 1e-9),
    "one site, one hour": small_dataset(20 * ONE, ONE, ONE / 2, [10], 5 * ONE),
    "one gateway": edge(demand=[[5, 7]]),
    "a site without room": edge(capacity=[20, 0, 6]),
}

NAMES = ("price", "water", "carbon")
SETTINGS = {
    "cheapest": {"policy": "cost"},
    "equity": {},
    "heaviest": {"water_weight": 1e6, "carbon_weight": 1e6},
    "lightest": {"water_weight": 1e-9, "carbon_weight": 1e-9},
    "weightless": {"water_weight": 0, "carbon_weight": 0},
    "least carbon": {"policy": "carbon"},
    "fairest": {"policy": "fairest"},
    "fairest, no dearer": {"policy": "fairest", "cost_increase_limit": 0.0},
    "fairest, 5% dearer": {"policy": "fairest", "cost_increase_limit": 0.05},
    "no region worse": {"no_region_worse": True},
    "hardly a region worse": {"no_region_worse": True, "worse_tolerance": 0.01},
    "smallest share": {"measure": "worst_share", "measure_parameter": 1e-9},
    "norm": {"measure": "lq", "measure_parameter": 20.0},
    "limits far away": {"water_limit_m3": 1e12, "carbon_total_limit_t": 1e12},
    "factors of 0": {"factors": {site: dict.fromkeys(NAMES, 0.0) for site in "a"}},
    "demand gone": {"demand_growth": -1.0},
    "demand gone, limits of 0": {
        "demand_growth": -1.0,
        "water_limit_m3": 0.0,
        "carbon_total_limit_t": 0.0,
        "cost_increase_limit": 0.0,
        "no_region_worse": True,
    },
    "capacity in plenty": {"capacity_growth": 100.0},
    "one hour": {"start": "2022-01-01T00:00Z", "end": "2022-01-01T01:00Z"},
}


def scenario_of(setting):
    return Scenario(dataset="small", **SETTINGS[setting])


SIZES = st.sampled_from([1.0, 1.0, 1.0, 0.0, 1e-9, 1e-3, 1e4])
PRICES = st.sampled_from([1.0, 1.0, -1.0, 0.0, 1e-6, 1e4])
FACTOR = st.sampled_from([1.0, 1.0, 0.0, 1e-9, 100.0])
LIMIT = st.sampled_from([None, None, 0.0, 1e-9, 10.0, 1e12])
GROWTH = st.sampled_from([0.0, 0.0, 0.0, -1.0, -1 + 1e-9, 100.0])


@st.composite
def edge_datasets(draw):
    """One to three sites and hours; each quantity of its own size, demand often all there is."""
    sites, hours = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    gateways = draw(st.integers(1, sites))
    capacity = draw(grid(sites, 0, 4, 2.5))
    capacity[draw(st.integers(0, sites - 1))] += 2.5
    share = draw(st.sampled_from([1.0, 1.0, 0.5, 0.3, 0.0]))
    split = draw(grid((gateways, hours), 0, 3, 1.0)) + 1e-3
    demand = split / split.sum(axis=0) * share * capacity.sum()
    size = draw(SIZES.filter(bool))
    dataset = small_dataset(
        price=draw(grid((sites, hours), -1, 4, 10.0)) * draw(PRICES),
        water=draw(grid((sites, hours), 0, 4, 0.7)) * draw(SIZES),
        carbon=draw(grid((sites, hours), 0, 4, 0.1)) * draw(SIZES),
        capacity=capacity * size,
        # A data set may ask for nearly nothing of ample capacity.
        demand=demand * size * draw(st.sampled_from([1.0, 1.0, 1.0, 1e-9])),
    )
    figures = {name: np.ones(sites) for name in ("gdp_per_capita_usd", "population")}
    return enriched(dataset, water_stress_pct=np.arange(1.0, sites + 1), **figures)


@st.composite
def edge_questions(draw):
    """Any scenario of such a data set, many of its figures at the ends of their ranges at once."""
    dataset = draw(edge_datasets())
    policy = draw(st.sampled_from(POLICIES))
    levied = policy not in POLICIES_WITHOUT_LEVY
    levy = st.sampled_from([0.0, 0.0, 1e-9, 1e6]) if levied else st.just(0.0)
    weight = st.sampled_from([60.0, 60.0, 0.0, 1e-9, 1e6])
    names = ("price", "water", "carbon", "capacity", "demand", "lens")
    factors = st.fixed_dictionaries(dict.fromkeys(names, FACTOR))
    measures = [
        {},
        {},
        {"measure": "worst_share", "measure_parameter": 1e-9},
        {"measure": "worst_share"},
        {"measure": "lq", "measure_parameter": 1.0},
        {"measure": "lq", "measure_parameter": 20.0},
        {"measure": "lq", "measure_parameter": 1.0001},
    ]
    scenario = Scenario(
        dataset="small",
        policy=policy,
        reach=draw(st.sampled_from(["full", "full", "nearest"])),
        baseline=draw(st.sampled_from(BY_NAME["baseline"].choices)),
        water_weight=draw(weight),
        carbon_weight=draw(weight),
        water_price=draw(levy),
        carbon_price=draw(levy),
        lens=draw(st.sampled_from(BY_NAME["lens"].choices)),
        demand_growth=draw(GROWTH),
        capacity_growth=draw(GROWTH),
        cost_increase_limit=draw(st.sampled_from([None, None, 0.0, 1e-9, 0.05, 100.0])),
        water_limit_m3=draw(LIMIT),
        carbon_total_limit_t=draw(LIMIT),
        no_region_worse=draw(st.booleans()),
        worse_tolerance=draw(st.sampled_from([0.0, 0.0, 1e-9, 1.0])),
        factors=draw(st.dictionaries(st.sampled_from(dataset.site_ids), factors, max_size=2)),
        **draw(st.sampled_from(measures)),
    )
    return Question(scenario, dataset)
