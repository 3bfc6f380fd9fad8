"""What the benchmark times is right: its answers, solved again by the textbook model."""

import pytest
from pytest import approx

from bench.cases import CASES, aggregated, grown
from equity_core import Scenario, solve
from equity_core.solvers.textbook.model import solve_textbook

PAPER = {tuple(case.asks.items()): case for case in CASES if case.hours < 1000}


@pytest.mark.parametrize("case", PAPER.values(), ids=lambda case: case.name)
def test_paper_cases(case, paper):
    ours = solve(case.scenario, paper)
    assert ours.gap <= 1e-9
    solver = "CLARABEL" if case.scenario.measure == "lq" else "HIGHS"
    textbook = solve_textbook(case.scenario, case.for_peers(paper), solver)
    assert textbook.objective == approx(ours.objective, rel=1e-5)


@pytest.mark.parametrize(("sites", "hours"), [(16, 400), (60, 60)])
def test_grown_cases(sites, hours, paper):
    dataset = grown(paper, sites, hours)
    ours = solve(Scenario(), dataset)
    assert ours.gap <= 1e-9
    textbook = solve_textbook(Scenario(), aggregated(dataset, "full"))
    assert textbook.objective == approx(ours.objective, rel=1e-7)
