"""All caching of the page, and only here; every store is bounded and shared by all readers.

A scenario is solved once for everybody, from the dispatches that earlier ones left behind.
Frontiers are computed beside the page, one at a time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pandas as pd
import streamlit as st

from equity_core import Pool, Scenario, frontier, load_dataset, solve
from equity_core.errors import InfeasibleError
from equity_core.inputs.about import read_about
from equity_core.inputs.catalogue import bundled
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.scenario.link import to_query
from ui.maps import Shape, shapes_of

FRONTIER_POINTS = 26  # 0, then 25 weights with the scenario's own in the middle


@st.cache_resource(max_entries=8, show_spinner=False)
def dataset(name: str) -> Dataset:
    """The data set `name`; raises DatasetError."""
    return load_dataset(name)


@st.cache_resource(max_entries=64, show_spinner=False)
def title(name: str) -> str:
    """The title of the data set `name`, without loading the figures of a bundled one."""
    folder = bundled().get(name)
    return read_about(folder / "dataset.json").title if folder else dataset(name).title


@st.cache_resource(max_entries=8, show_spinner=False)
def shapes(name: str) -> tuple[Shape, ...]:
    """The polygons of the data set's regions, ready for the map."""
    return shapes_of(dataset(name))


@st.cache_resource(show_spinner=False)
def _pool(purpose: str) -> Pool:
    """The dispatches found so far; the frontier has its own, so that the page need not wait."""
    return Pool()


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={Scenario: to_query})
def outcome(scenario: Scenario) -> Outcome:
    """The certified plan of `scenario`; raises EquityError."""
    return solve(scenario, dataset(scenario.dataset), pool=_pool("page"))


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={Scenario: to_query})
def comparison(scenario: Scenario) -> Comparison:
    """The plan of `scenario` against its baseline; raises EquityError."""
    after, baseline = outcome(scenario), scenario.baseline_scenario()
    try:
        return after.compare(outcome(baseline))
    except InfeasibleError as error:
        raise InfeasibleError(
            f"The scenario can be solved, but what it is compared with ({baseline.policy}) cannot: "
            f"{error} Or compare with another plan.",
            error.details,
        ) from error


def curve_scenario(scenario: Scenario) -> Scenario:
    """The scenario that stands for all with the same frontier.

    A frontier scales both weights together, so only their ratio counts; the baseline and the
    policy do not.
    """
    equity = scenario.replace(policy="equity", baseline="cost")
    default = Scenario()
    size = equity.water_weight / default.water_weight
    size += equity.carbon_weight / default.carbon_weight
    if size == 0:
        return equity.replace(
            water_weight=default.water_weight, carbon_weight=default.carbon_weight
        )
    return equity.replace(
        water_weight=_rounded(2 * equity.water_weight / size),
        carbon_weight=_rounded(2 * equity.carbon_weight / size),
    )


def _rounded(weight: float) -> float:
    """Nine digits: weights of one ratio must not differ by rounding."""
    return float(f"{weight:.9g}")


class FrontierDesk:
    """Computes one frontier after another in a thread of its own and keeps the last ones."""

    def __init__(self, compute: Callable[[Scenario], pd.DataFrame], keep: int = 64) -> None:
        self._compute = compute
        self._keep = keep
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="frontier")
        self._lock = threading.Lock()
        self._orders: OrderedDict[Scenario, Future[pd.DataFrame]] = OrderedDict()

    def order(self, curve: Scenario) -> Future[pd.DataFrame]:
        """The order for `curve`: one that is done or under way, or a new one.

        Its `result()` is the frame or raises EquityError. The oldest orders are dropped.
        """
        with self._lock:
            order = self._orders.get(curve)
            if order is None or order.cancelled():
                order = self._orders[curve] = self._thread.submit(self._compute, curve)
            self._orders.move_to_end(curve)
            while len(self._orders) > self._keep:
                self._orders.popitem(last=False)[1].cancel()
            return order

    def withdraw(self, curve: Scenario) -> None:
        """Take an order back unless its turn has come; who else waits for it orders anew."""
        with self._lock:
            order = self._orders.get(curve)
        if order is not None:
            order.cancel()

    def close(self) -> None:
        """Finish what is ordered and take no more."""
        self._thread.shutdown(wait=True)


def _compute_frontier(curve: Scenario) -> pd.DataFrame:
    return frontier(curve, dataset(curve.dataset), points=FRONTIER_POINTS, pool=_pool("frontier"))


@st.cache_resource(show_spinner=False)
def frontier_desk() -> FrontierDesk:
    """The one desk of this process."""
    return FrontierDesk(_compute_frontier)
