"""Real solved outcomes on the paper's data, shared by the tests of this room."""

import pytest

from equity_core import Scenario, frontier, load_dataset, solve


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
