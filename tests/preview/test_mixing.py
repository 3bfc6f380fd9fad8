"""Previews: plans between the nodes of a weight grid."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import Pool, Scenario, load_dataset, solve
from equity_core.preview.grid import LARGEST, LIGHT, cell_of, grid_for
from equity_core.preview.mixing import corners_of, mix, objective_at
from equity_core.preview.nodes import TOLERANCE, can_preview, gathered, grid_scenario, solve_nodes
from equity_core.scenario.parameters import BY_NAME
from tests.preview.cases import DATASET, FILE, GRID, answers, course, nodes
from tests.small import small_datasets

TOLD = json.loads(FILE.read_text("utf-8"))
water = st.floats(0, GRID.water[-1])
carbon = st.floats(0, GRID.carbon[-1])


def nodes_of(dataset, scenario):
    places = [(GRID.water[row], GRID.carbon[column]) for row, column in GRID.path]
    return gathered(GRID, dataset, solve_nodes(scenario, dataset, places, Pool()))


def objective(scenario, amounts):
    """Cost, levies and worst burdens, stated anew."""
    weights = (scenario.water_weight, scenario.carbon_weight)
    levies = (scenario.water_price, scenario.carbon_price)
    burdens = list(zip(weights, levies, amounts[2:], strict=True))
    return amounts[1].sum() + sum(w * b.max() + levy * b.sum() for w, levy, b in burdens)


asked_of = st.builds(
    Scenario,
    dataset=st.just("small"),
    water_price=st.sampled_from([0.0, 7.0]),
    reach=st.sampled_from(["full", "partial"]),
)


@pytest.mark.slow
@given(small_datasets(), water, carbon, asked_of)
@settings(max_examples=60)
def test_a_mix_is_a_plan_between_the_optimum_and_its_corners(data, water, carbon, scenario):
    assume(data.demand.any())
    found = nodes_of(data, scenario)
    asked = scenario.replace(water_weight=water, carbon_weight=carbon)
    amounts, best = mix(found, water, carbon), solve(asked, data)
    # Feasible: all demand is served, within the reach of what sites can take in all hours.
    most = data.sites["capacity_mw"].to_numpy() * len(data.hours)
    assert amounts[0].sum() == approx(data.demand.sum())
    assert (amounts[0] >= -1e-9).all() and (amounts[0] <= most + 1e-9).all()
    # Never better than the optimum, never worse than its corners together.
    size = 1 + sum(map(abs, best.terms.values()))
    corners, shares = corners_of(found, water, carbon)
    together = shares @ [objective_at(found, at, water, carbon) for at in corners]
    value = objective(asked, amounts)
    assert best.lower_bound - 1e-9 * size <= value <= together + 1e-9 * size
    assert shares.sum() == approx(1) and (shares >= 0).all()


@pytest.mark.slow
@given(water, carbon, st.sampled_from([0, 1]))
def test_a_small_step_moves_a_preview_little(water, carbon, which):
    found = nodes()
    step = [(1e-7 * GRID.water[-1], 0), (0, 1e-7 * GRID.carbon[-1])][which]
    assume(water + step[0] <= GRID.water[-1] and carbon + step[1] <= GRID.carbon[-1])
    before, after = mix(found, water, carbon), mix(found, water + step[0], carbon + step[1])
    span = np.ptp(found.amounts, axis=(0, 1))
    assert (np.abs(after - before) <= 0.01 * span.max()).all()


def test_at_a_node_the_preview_is_the_plan_of_the_node():
    found = nodes()
    for row, column in GRID.path:
        amounts = mix(found, GRID.water[row], GRID.carbon[column])
        assert amounts == approx(found.amounts[row, column])


def test_the_papers_case_is_met_by_its_node():
    data, pool = load_dataset("paper-2022"), Pool()
    grid = grid_for(len(data.site_ids) * len(data.hours))
    assert 60 in grid.water and 1500 in grid.carbon
    [node] = solve_nodes(grid_scenario(Scenario()), data, [(60, 1500)], pool)
    best = solve(Scenario(), data)
    assert best.objective <= node.objective <= best.objective * (1 + TOLERANCE)
    assert node.charges == approx([best.worst("water_m3"), best.worst("carbon_t")], rel=5e-3)


@pytest.mark.parametrize("size", [1, LIGHT, LIGHT + 1, LARGEST])
def test_a_grid_spans_the_sliders_and_each_step_of_its_path_is_to_a_neighbour(size):
    grid = grid_for(size)
    ends = [BY_NAME[name].slider[1] for name in ("water_weight", "carbon_weight")]
    assert [grid.water[0], grid.carbon[0]] == [0, 0] and [grid.water[-1], grid.carbon[-1]] == ends
    assert sorted(set(grid.water)) == list(grid.water)
    path = grid.path
    assert len(set(path)) == len(grid.water) * len(grid.carbon)
    assert all(abs(a - c) + abs(b - d) == 1 for (a, b), (c, d) in pairwise(path))
    assert grid.covers(*ends) and not grid.covers(ends[0] + 1, 0)


def test_data_that_is_too_large_has_no_grid():
    assert grid_for(LARGEST + 1) is None


@given(st.floats(0, 1000))
def test_a_weight_lies_in_its_cell(weight):
    below, share = cell_of(GRID.water, weight, 60)
    assert GRID.water[below] <= weight <= GRID.water[below + 1]
    assert 0 <= share <= 1


OFF = {
    "policy": {"policy": "cost"},
    "fairest": {"policy": "fairest"},
    "measure": {"measure": "worst_share"},
    "limit": {"water_limit_m3": 1900.0},
    "none worse": {"no_region_worse": True},
    "waiting": {"deferrable_share": 0.3},
    "new site": {"new_site_like": "a", "new_site_mw": 1.0},
}


@pytest.mark.parametrize("changes", OFF.values(), ids=OFF)
def test_no_preview_where_nobody_has_measured_how_close_it_comes(changes):
    assert can_preview(Scenario(), DATASET)
    assert not can_preview(Scenario(**changes), DATASET)


def test_weights_and_baseline_do_not_ask_for_other_nodes():
    asked = Scenario(water_weight=3.0, carbon_weight=0.0, baseline="nearest", reach="partial")
    assert grid_scenario(asked) == grid_scenario(Scenario(reach="partial"))


def test_what_both_languages_say_is_what_is_written_down():
    told = json.loads(json.dumps(answers(nodes(), course())))
    for name in ("cells", "amounts", "percent", "sentences", "certified", "footprints"):
        assert told[name] == TOLD[name], f"{name}: python -m tests.preview.cases writes it anew"
    for (_, said), (_, written) in zip(told["mixes"], TOLD["mixes"], strict=True):
        assert np.array(said) == approx(np.array(written), rel=1e-6)
