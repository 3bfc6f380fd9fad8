"""Small data sets made by tests: a few sites, a few hours, figures that can be worked by hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from equity_core import Scenario, solve
from equity_core.errors import InfeasibleError
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.scenario.parameters import BY_NAME, POLICIES_WITHOUT_LEVY

WATER = Footprint("water", "m3", "Water", "m3/MWh")
CARBON = Footprint("carbon", "t", "Carbon", "t/MWh")
MARGINAL = Footprint("marginal_carbon", "t", "Marginal carbon", "t/MWh")
HEALTH = Footprint("health", "usd", "Health damage", "USD/MWh")
FIRST_HOUR = pd.Timestamp("2022-01-01T00:00Z")


def small_dataset(price, water, carbon, capacity, demand, *, home=None, partial=None, sites=None):
    """A data set from price, water, carbon [N, T], capacity [N] and demand [J, T].

    Gateways are the first J sites and reach every site, unless home [J] or partial [N, J] say
    otherwise; sites are called a, b, c ... unless `sites` names them.
    """
    price, demand = np.array(price, dtype=float), np.array(demand, dtype=float)
    intensity = np.array([water, carbon], dtype=float)
    sites = list(sites or "abcdefghij"[: len(price)])
    home = np.arange(len(demand)) if home is None else np.array(home)
    shape = (len(price), len(demand))
    partial = np.ones(shape, bool) if partial is None else np.array(partial, dtype=bool)
    figures = (price, intensity, np.array(capacity, dtype=float), demand, home, partial)
    return Dataset(
        id="small",
        title="Small",
        description="Made by a test.",
        version=_digest(*figures, np.array(sites)),
        licence="made up for these tests",
        attribution="made up for these tests",
        credits=(),
        weaknesses=(),
        sites=_site_table(sites, capacity),
        gateways=tuple(sites[i] for i in home),
        home=home,
        hours=pd.date_range(FIRST_HOUR, periods=price.shape[1], freq="h"),
        price=price,
        footprints=(WATER, CARBON),
        intensity=intensity,
        demand=demand,
        partial_reach=partial,
        latency_ms=np.zeros(shape),
        latency_basis=np.full(shape, "assumed"),
        cards=(),
    )


def _digest(*figures):
    digest = hashlib.sha256()
    for array in figures:
        digest.update(repr((array.shape, array.tolist())).encode())
    return digest.hexdigest()[:12]


def _site_table(sites, capacity):
    return pd.DataFrame(
        {
            "name": [site.title() for site in sites],
            "country": "SGP",
            "subdivision": "",
            "latitude": 0.0,
            "longitude": 0.0,
            "capacity_mw": np.array(capacity, dtype=float),
        },
        index=pd.Index(sites, name="site"),
    )


def enriched(dataset, *, health=None, marginal=None, latency=None, **figures):
    """The same data set with further footprints [N, T], round trips [N, J], figures by site [N]."""
    given = {name: np.array(values, dtype=float) for name, values in figures.items()}
    footprints, intensity = dataset.footprints, dataset.intensity
    for footprint, values in ((MARGINAL, marginal), (HEALTH, health)):
        if values is not None:
            footprints = (*footprints, footprint)
            intensity = np.concatenate([intensity, np.array([values], dtype=float)])
    latency = dataset.latency_ms if latency is None else np.array(latency, dtype=float)
    return replace(
        dataset,
        version=_digest(np.array(dataset.version), intensity, latency, *given.values()),
        sites=dataset.sites.assign(**given),
        footprints=footprints,
        intensity=intensity,
        latency_ms=latency,
    )


def rearranged(dataset, order, names=None):
    """The same data set with its sites in another order, and under other names [N] (new order)."""
    place = np.argsort(order)
    sites = dataset.sites.iloc[order]
    names = list(names or sites.index)
    return replace(
        dataset,
        version=_digest(np.array(dataset.version), np.array(order), np.array(names)),
        sites=sites.set_axis(pd.Index(names, name="site")),
        gateways=tuple(names[place[i]] for i in dataset.home),
        home=place[dataset.home],
        price=dataset.price[order],
        intensity=dataset.intensity[:, order],
        partial_reach=dataset.partial_reach[order],
        latency_ms=dataset.latency_ms[order],
        latency_basis=dataset.latency_basis[order],
    )


def halved(dataset):
    """Every site cut into two halves: the same figures, half the capacity each, side by side."""
    twice = np.repeat(np.arange(len(dataset.site_ids)), 2)
    names = [f"{dataset.site_ids[i]}-{half}" for half, i in enumerate(twice)]
    twins = rearranged(dataset, twice, names)
    capacity = twins.sites["capacity_mw"] / 2
    return replace(
        twins,
        sites=twins.sites.assign(capacity_mw=capacity),
        home=2 * dataset.home,
        gateways=tuple(names[2 * i] for i in dataset.home),
    )


@dataclass(frozen=True)
class Question:
    """A scenario and the data set it is asked of."""

    scenario: Scenario
    dataset: Dataset

    def answer(self, **changes):
        """The outcome, with changes to the scenario; examples that have none are skipped."""
        try:
            return solve(self.scenario.replace(**changes), self.dataset)
        except InfeasibleError:
            reject()

    def of(self, dataset):
        """The same scenario asked of another data set."""
        return replace(self, dataset=dataset)


def grid(shape, low, high, unit):
    """Arrays of whole multiples of `unit` (a power of two: sums are exact, ties are common)."""
    return arrays(np.int64, shape, elements=st.integers(low, high)).map(lambda a: a * unit)


@st.composite
def small_datasets(draw):
    """Data sets whose demand can be served under full and partial reach, often only just."""
    sites, hours = draw(st.integers(2, 5)), draw(st.integers(1, 8))
    gateways = draw(st.integers(1, sites))
    reach = draw(arrays(bool, (sites, gateways)))
    lone = ~reach.any(axis=0)
    reach[draw(st.integers(0, sites - 1)), lone] = True
    capacity = draw(grid(sites, 1, 8, 0.5))
    return small_dataset(
        price=draw(grid((sites, hours), -16, 64, 4.0)),
        water=draw(grid((sites, hours), 0, 16, 0.5)),
        carbon=draw(grid((sites, hours), 0, 16, 0.0625)),
        capacity=capacity,
        demand=draw(_demand_within(reach, capacity, hours)),
        home=draw(st.permutations(range(sites)))[:gateways],
        partial=reach,
    )


@st.composite
def _demand_within(draw, reach, capacity, hours):
    """[J, T] MW: every site fills 0 to 4 quarters of its capacity for one gateway it reaches."""
    sites, gateways = reach.shape
    filled = draw(grid((sites, hours), 0, 4, 0.25)) * capacity[:, None]
    turn = draw(arrays(np.int64, (sites, hours), elements=st.integers(0, gateways - 1)))
    demand = np.zeros((gateways, hours))
    for i in np.flatnonzero(reach.any(axis=1)):
        own = np.flatnonzero(reach[i])
        np.add.at(demand, (own[turn[i] % len(own)], np.arange(hours)), filled[i])
    return demand


# The richest first: examples favour what comes first.
POLICIES = tuple(sorted(BY_NAME["policy"].choices, key=("fairest", "equity").count, reverse=True))
FACTOR = st.sampled_from([1.0, 1.0, 1.0, 0.0, 0.5, 1.5, 2.0])
WEIGHT = st.sampled_from([0.0, 0.5, 10.0, 60.0, 1500.0, 1e6])


@st.composite
def questions(draw, policies=POLICIES):
    """Any scenario of a small data set; its factors may leave demand beyond capacity."""
    dataset = draw(small_datasets())
    policy = draw(st.sampled_from(policies))
    levy = st.just(0.0) if policy in POLICIES_WITHOUT_LEVY else st.sampled_from([0.0, 0.0, 5.0])
    names = ("price", "water", "carbon", "capacity", "demand")
    factors = st.fixed_dictionaries(dict.fromkeys(names, FACTOR))
    start, end = draw(_period(len(dataset.hours)))
    scenario = Scenario(
        dataset="small",
        policy=policy,
        reach=draw(st.sampled_from(["full", "partial", "nearest"])),
        water_weight=draw(WEIGHT),
        carbon_weight=draw(WEIGHT),
        water_price=draw(levy),
        carbon_price=draw(levy),
        factors=draw(st.dictionaries(st.sampled_from(dataset.site_ids), factors)),
        start=start,
        end=end,
    )
    return Question(scenario, dataset)


@st.composite
def _period(draw, hours):
    """Start and end, each absent half of the time, with at least one hour in between."""
    first = draw(st.integers(0, hours - 1))
    last = draw(st.integers(first + 1, hours))
    start, end = ((FIRST_HOUR + pd.Timedelta(hours=h)).isoformat() for h in (first, last))
    return draw(st.sampled_from([None, start])), draw(st.sampled_from([None, end]))
