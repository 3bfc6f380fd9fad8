"""The paper's default case, solved once for all tests of the page."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from equity_core import Scenario, frontier, load_dataset, solve
from tests.ui.driving import run_at
from ui.streamlit_internals import ReadyFigure


@pytest.fixture(scope="session")
def opened():
    """Runs an app of Streamlit's AppTest at an address, with groups of levers open.

    Without an address it is the paper's experiment: what a bare one opens on is test_landing.py's.
    """

    def run(app, *groups, **address):
        return run_at(app, groups, address or {"v": "2"})

    return run


@pytest.fixture(scope="session")
def dataset():
    return load_dataset("paper-2022")


@pytest.fixture(scope="session")
def comparison(dataset):
    cheapest = solve(Scenario(policy="cost"), dataset)
    return solve(Scenario(), dataset).compare(cheapest)


@pytest.fixture(scope="session")
def unchanged(dataset):
    cheapest = solve(Scenario(policy="cost"), dataset)
    return cheapest.compare(cheapest)


@pytest.fixture(scope="session")
def frame(dataset):
    return frontier(Scenario(), dataset, points=9)


@pytest.fixture(autouse=True)
def every_figure_is_checked(monkeypatch):
    """What the page sends unchecked is held to plotly's own schema in every test of it."""
    as_it_is = ReadyFigure.to_dict

    def checked(figure):
        told = as_it_is(figure)
        go.Figure(**told)
        return told

    monkeypatch.setattr(ReadyFigure, "to_dict", checked)
