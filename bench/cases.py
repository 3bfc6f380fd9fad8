"""The instances that are timed: the paper's data, and larger ones grown from its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from equity_core import Scenario, load_dataset
from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset

SEED = 2022


@dataclass(frozen=True)
class Case:
    """What is timed; `peer_seconds` is the time limit of a peer."""

    name: str
    sites: int
    hours: int
    kind: str = "cold"
    peer_seconds: int = 60
    asks: Mapping[str, Any] = field(default_factory=dict)

    @property
    def scenario(self) -> Scenario:
        """The paper's equity case with what this one asks besides."""
        return Scenario(**self.asks)

    def dataset(self) -> Dataset:
        """The paper's data set, or one grown from it."""
        paper = load_dataset("paper-2022")
        if (self.sites, self.hours) == (len(paper.site_ids), len(paper.hours)):
            return paper
        return grown(paper, self.sites, self.hours)

    def for_peers(self, dataset: Dataset) -> Dataset:
        """The smallest data set with the same answer, which is what a peer is given."""
        # Where each gateway's own site counts, gateways cannot be merged.
        merged = self.scenario.baseline != "nearest"
        return aggregated(dataset, self.scenario.reach) if merged else dataset


PARTIAL = {"reach": "partial"}
WITHIN = {"policy": "fairest", "cost_increase_limit": 0.05}
CAPPED = {"policy": "cost", "water_limit_m3": 1900.0}
NONE_WORSE = {"no_region_worse": True, "baseline": "nearest"}
SHARE = {"measure": "worst_share"}
NORM = {"measure": "lq"}

CASES = (
    Case("paper case, full reach, cold", 10, 457),
    Case("paper case, full reach, next step", 10, 457, "step"),
    Case("paper case, partial reach, cold", 10, 457, asks=PARTIAL),
    Case("paper case, partial reach, next step", 10, 457, "step", asks=PARTIAL),
    Case("paper case, 50-point frontier", 10, 457, "frontier", 60),
    Case("fairest within +5% cost, cold", 10, 457, asks=WITHIN),
    Case("fairest within +5% cost, next step", 10, 457, "step", asks=WITHIN),
    Case("cheapest below 1,900 m3, cold", 10, 457, asks=CAPPED),
    Case("no region worse than nearest, cold", 10, 457, asks=NONE_WORSE),
    Case("no region worse than nearest, next step", 10, 457, "step", asks=NONE_WORSE),
    Case("worst 30% of regions, cold", 10, 457, asks=SHARE),
    Case("worst 30% of regions, next step", 10, 457, "step", asks=SHARE),
    Case("L4 norm, cold", 10, 457, asks=NORM),
    Case("L4 norm, next step", 10, 457, "step", asks=NORM),
    Case("16 sites x 8760 h, cold", 16, 8760, peer_seconds=60),
    Case("16 sites x 8760 h, next step", 16, 8760, "step", 60),
    Case("100 sites x 8760 h, cold", 100, 8760, peer_seconds=30),
    Case("100 sites x 8760 h, next step", 100, 8760, "step", 30),
)


def grown(paper: Dataset, sites: int, hours: int) -> Dataset:
    """The paper's figures repeated over `hours`, each new site a shifted, rescaled old one.

    Noise of 2% keeps hours and sites apart, as real ones are. Same seed, same data.
    """
    random = np.random.default_rng(SEED)
    origin = random.integers(0, len(paper.site_ids), sites)
    shift = random.integers(0, 24, sites)
    size = random.uniform(0.7, 1.3, sites)

    def series(figures: Floats) -> Floats:
        whole = np.tile(figures, -(-hours // figures.shape[1]))
        rows = [
            np.roll(whole[i], s)[:hours] * x for i, s, x in zip(origin, shift, size, strict=True)
        ]
        return np.stack(rows) * random.uniform(0.98, 1.02, (sites, hours))

    names = [f"site-{i:03}" for i in range(sites)]
    table = paper.sites.iloc[origin].set_axis(pd.Index(names, name="site"))
    return replace(
        paper,
        id=f"grown-{sites}x{hours}",
        sites=table,
        gateways=tuple(names),
        home=np.arange(sites),
        hours=pd.date_range("2023-01-01", periods=hours, freq="h", tz="UTC"),
        price=series(paper.price),
        intensity=np.stack([series(figures) for figures in paper.intensity]),
        demand=np.tile(paper.demand[:1], (sites, -(-hours // paper.demand.shape[1])))[:, :hours],
        partial_reach=np.ones((sites, sites), dtype=bool),
        latency_ms=np.zeros((sites, sites)),
        latency_basis=np.full((sites, sites), "assumed"),
        version=f"grown{sites}x{hours}",
    )


def aggregated(dataset: Dataset, reach: str) -> Dataset:
    """Gateways with the same reach as one: exact, and the smallest model a peer can be given."""
    if reach == "full":
        mask = np.ones((len(dataset.site_ids), len(dataset.gateways)), dtype=bool)
    else:
        mask = dataset.partial_reach
    classes, member = np.unique(mask, axis=1, return_inverse=True)
    demand = np.stack([dataset.demand[member == g].sum(axis=0) for g in range(classes.shape[1])])
    return replace(
        dataset,
        gateways=tuple(f"class-{g}" for g in range(classes.shape[1])),
        home=np.zeros(classes.shape[1], dtype=np.intp),
        demand=demand,
        partial_reach=classes,
    )
