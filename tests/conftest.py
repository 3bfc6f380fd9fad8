"""How properties are tried: the same examples in every run, however slow the machine; and real
solved outcomes on the paper's data, shared by the rooms that tell of them.

`--hypothesis-profile=explore` looks for new examples instead, twenty times as many.
"""

import pytest
from hypothesis import HealthCheck, settings

from equity_core import Scenario, frontier, load_dataset, solve
from equity_core.answers import Answer, Making

# A busy machine must not turn a passing law into a failing one.
SLOW_IS_FINE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("fixed", derandomize=True, **SLOW_IS_FINE)
settings.register_profile("explore", max_examples=2000, **SLOW_IS_FINE)
settings.load_profile("fixed")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Files with long tests come first, so that no processor is left alone with one at the end."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def dataset():
    return load_dataset("paper-2022")


@pytest.fixture(scope="session")
def outcomes(dataset):
    """The named policies under full reach, and the nearest-site plan."""
    policies = ("cost", "carbon", "water", "cost_and_carbon", "equity")
    solved = {policy: solve(Scenario(policy=policy), dataset) for policy in policies}
    return solved | {"nearest": solve(Scenario(policy="nearest", reach="nearest"), dataset)}


@pytest.fixture(scope="session")
def comparison(outcomes):
    """The paper's equity case against the cheapest plan."""
    return outcomes["equity"].compare(outcomes["cost"])


@pytest.fixture(scope="session")
def curve(dataset):
    return frontier(Scenario(), dataset, points=12)


@pytest.fixture(scope="session")
def making(dataset):
    """Every file of the paper's equity case."""
    return Making(Answer.to(Scenario(), dataset, points=5))


@pytest.fixture(scope="session")
def package(making):
    """The bytes of the zip."""
    return making.zip()
