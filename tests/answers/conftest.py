"""The paper's equity case with all that is told of it, solved once for this room."""

import pytest

from equity_core import Scenario, load_dataset
from equity_core.answers import Answer, Making


@pytest.fixture(scope="session")
def dataset():
    return load_dataset("paper-2022")


@pytest.fixture(scope="session")
def making(dataset):
    return Making(Answer.to(Scenario(), dataset, points=5))


@pytest.fixture(scope="session")
def package(making):
    """The bytes of the zip."""
    return making.zip()
