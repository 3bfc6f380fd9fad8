"""The paper's data, and its answers from a cold start, solved once."""

from functools import cache

import pytest

from equity_core import load_dataset, solve


@pytest.fixture(scope="session")
def paper():
    return load_dataset("paper-2022")


@pytest.fixture(scope="session")
def answer():
    """Scenario -> its outcome from a cold start."""
    data = cache(load_dataset)
    return cache(lambda scenario: solve(scenario, data(scenario.dataset)))
