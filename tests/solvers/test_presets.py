"""The results that stand beside each preset, solved anew: by the engine, and by the textbook."""

from itertools import product

import pytest
from pytest import approx

from equity_core import Pool, Scenario, solve
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.presets import CASES, PRESETS
from equity_core.solvers.textbook.model import solve_textbook

EVERY = pytest.mark.parametrize("preset", (*PRESETS, *CASES), ids=lambda preset: preset.name)


PAPERS = pytest.mark.parametrize(
    "preset",
    [preset for preset in (*PRESETS, *CASES) if preset.scenario.dataset == "paper-2022"],
    ids=lambda preset: preset.name,
)


@EVERY
def test_the_engine_finds_the_results_beside_each_preset(preset, answer):
    outcome = answer(preset.scenario)
    found = {
        "objective": outcome.objective,
        "cost_usd": outcome.cost_usd,
        "worst_water_m3": outcome.worst("water_m3"),
        "worst_carbon_t": outcome.worst("carbon_t"),
    }
    assert found == approx(dict(preset.expected), rel=1e-5)


@PAPERS
@pytest.mark.slow
def test_the_textbook_finds_them_too(preset, paper):
    assert solve_textbook(preset.scenario, paper).objective == approx(
        preset.expected["objective"], rel=1e-6
    )


@pytest.mark.slow
def test_no_region_worse_from_each_plan_to_the_next(paper):
    # One of these masters has so many nearly equal choices that primal simplex loses its way.
    pool = Pool()
    preset = next(preset for preset in PRESETS if preset.name == "nobody_worse")
    for reach, baseline in product(BY_NAME["reach"].choices, BY_NAME["baseline"].choices):
        scenario = preset.apply(Scenario(reach=reach, baseline=baseline))
        assert solve(scenario, paper, pool).gap <= 1e-9, scenario
