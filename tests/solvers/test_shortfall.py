"""What would let all demand be served: enough, and nothing less would be."""

import pytest

from equity_core import Scenario, SiteFactors, load_dataset, solve
from equity_core.errors import InfeasibleError
from equity_core.solvers.shortfall import ways_to_serve

DATA = load_dataset("paper-2022")
SHORT = [
    Scenario(demand_growth=0.3),
    Scenario(factors={"texas": SiteFactors(capacity=0.5)}, capacity_growth=-0.1),
    Scenario(reach="latency", max_latency_ms=5.0, factors={"texas": SiteFactors(capacity=0.9)}),
    Scenario(reach="partial", factors={"japan": SiteFactors(capacity=0)}),
    Scenario(capacity_growth=-1.0),
    Scenario(capacity_growth=-1.0, reach="nearest"),
]


def nearer(field, value):
    """A change that goes a little less far."""
    steps = {"capacity_growth": -2e-4, "demand_growth": 2e-4, "max_latency_ms": -1.0}
    return value + steps[field]


@pytest.mark.parametrize("scenario", SHORT, ids=range(len(SHORT)))
def test_each_way_is_enough_by_itself_and_no_less_is(scenario):
    ways = ways_to_serve(scenario, DATA)
    assert ways
    for field, value in ways.items():
        solve(scenario.replace(policy="cost", **{field: value}), DATA)
        if field != "reach":
            with pytest.raises(InfeasibleError):
                solve(scenario.replace(policy="cost", **{field: nearer(field, value)}), DATA)


def test_nothing_has_to_change_where_all_is_served():
    assert ways_to_serve(Scenario(), DATA) == {}


def test_without_any_capacity_no_growth_helps():
    none = {site: SiteFactors(capacity=0) for site in DATA.site_ids}
    assert ways_to_serve(Scenario(factors=none), DATA) == {}
