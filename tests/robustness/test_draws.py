"""Draws: laws, and each against the same figures set in a scenario and solved from scratch."""

import pickle

import numpy as np
import pytest
from pytest import approx
from scipy.stats import norm

from equity_core import Scenario, load_dataset, robustness, solve
from equity_core.errors import ScenarioError, TimeLimitError
from equity_core.robustness.areas import grid_areas
from equity_core.robustness.draw import base_of
from equity_core.robustness.examine import sets_of
from equity_core.robustness.factors import factors_of
from equity_core.robustness.ranges import Ranges, read_ranges

CERTAIN = {"price": 0.0, "water": 0.0, "carbon": 0.0}


@pytest.fixture(scope="module")
def paper():
    return load_dataset("paper-2022")


@pytest.fixture(scope="module")
def base(paper):
    return base_of(Scenario(), paper)


def record(draw):
    """Everything a draw says, as plain values."""

    def figures(plan):
        if plan is None:
            return None
        return {k: getattr(v, "tolist", lambda v=v: v)() for k, v in vars(plan).items()}

    plans = (draw.best, draw.before, draw.kept, draw.kept_before, draw.online)
    return draw.trouble, draw.binds.tolist(), [figures(plan) for plan in plans]


def test_without_ranges_every_draw_is_what_was_expected(paper):
    found = robustness.examine(Scenario(), paper, Ranges(CERTAIN, draws=3))
    assert [record(draw) for draw in found.draws] == [record(found.expected)] * 3
    assert found.regrets == approx(0, abs=1e-9)
    out = solve(Scenario(), paper)
    assert found.expected.best.objective == approx(out.objective, rel=1e-10)
    assert found.expected.best.worst.tolist() == [out.worst("water_m3"), out.worst("carbon_t")]


def test_a_draw_is_the_scenario_with_the_same_factors(paper, base):
    factors = factors_of(Ranges({"demand": 0.02}, draws=8, seed=4), paper).copy()
    factors[:, -1] /= factors[:, -1].max()  # no more demand than capacity
    for drawn in factors[:2]:
        named = dict(zip(paper.site_ids, drawn.T.tolist(), strict=True))
        fields = ("price", "water", "carbon", "demand")
        asked = Scenario(
            factors={
                site: dict(zip(fields, values, strict=True)) for site, values in named.items()
            },
            baseline_world="as_set",
        )
        out, found = solve(asked, paper), base.draw(drawn)
        change = out.compare(solve(asked.baseline_scenario(), paper))
        assert found.best.objective == approx(out.objective, rel=1e-9)
        assert found.best.worst == approx([out.worst("water_m3"), out.worst("carbon_t")])
        assert found.before.cost_usd == approx(change.before.cost_usd)
        worse = np.array(paper.site_ids)[found.best.worse].tolist()
        assert worse == change.worse_sites
        assert found.kept.objective >= found.best.objective * (1 - 1e-9)
        assert found.online.objective >= found.best.objective * (1 - 1e-9)


def test_a_record_does_not_depend_on_other_draws(paper, base):
    drawn = sets_of(Ranges(draws=4), paper)
    forwards = [record(base.draw(x)) for x in drawn]
    backwards = [record(base.draw(x)) for x in drawn[::-1]]
    assert forwards == backwards[::-1]
    assert record(base_of(Scenario(), paper).draw(drawn[3])) == forwards[3]


def test_counts_add_up(paper):
    found = robustness.examine(Scenario(), paper, Ranges({"demand": 0.03}, draws=24))
    short = found.troubles("demand")
    assert 0 < short < 24
    assert len(found.solved) + short == 24 == len(found.draws)
    assert len(found.worst_changes(0)) == len(found.regrets) == len(found.solved)
    assert found.worse_share.sum() == approx(found.worse_counts().mean())


def test_factors_are_lognormal_of_mean_one_and_keep_their_place(paper):
    usual = factors_of(Ranges(draws=4096, seed=3), paper)
    assert usual.mean(axis=0) == approx(1, abs=0.01)
    assert usual[:, 0].std(axis=0) == approx(0.2, abs=0.01)
    assert (usual[:, 3] == 1).all()  # demand is known unless asked for
    spread = np.sqrt(np.log(1.04))
    assert np.quantile(usual[:, 0, 0], 0.9) == approx(
        np.exp(norm.ppf(0.9) * spread - spread**2 / 2), rel=0.01
    )
    certain = factors_of(Ranges({"price": 0.0}, draws=4096, seed=3), paper)
    assert (certain[:, 1:] == usual[:, 1:]).all()
    assert (factors_of(Ranges(draws=100, seed=3), paper) == usual[:100]).all()
    assert (factors_of(Ranges(draws=4, seed=4), paper) != usual[:4]).any()


def test_regions_of_a_grid_area_share_their_factors(paper):
    areas = grid_areas(paper)
    assert areas[:5] == ("USA", "USA", "USA", "USA", "DEU")
    drawn = factors_of(Ranges({"texas.water": 0.4}, together="grid_area", draws=8), paper)
    assert (drawn[:, 0, 0] == drawn[:, 0, 3]).all()
    assert (drawn[:, 0, 0] != drawn[:, 0, 4]).any()
    assert np.log(drawn[:, 1, 0]).std() > 1.5 * np.log(drawn[:, 1, 1]).std()


def test_grid_areas_are_the_largest_balancing_areas():
    states = load_dataset("us-2023")
    areas = dict(zip(states.site_ids, grid_areas(states), strict=True))
    assert areas["virginia"] == areas["ohio"] == "PJM"
    assert areas["arizona"] == "SRP"


@pytest.mark.parametrize("spread", [-0.1, 1e308, float("nan"), float("inf"), True, "x"])
def test_absurd_ranges_are_refused(spread):
    with pytest.raises(ScenarioError, match="from 0 to 1"):
        Ranges({"price": spread})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"draws": 0}, "from 1 to 10,000"),
        ({"draws": 10_001}, "from 1 to 10,000"),
        ({"draws": 2.5}, "whole number"),
        ({"seed": -1}, "seed is -1"),
        ({"together": "grid"}, "Did you mean 'grid_area'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(fields, said):
    with pytest.raises(ScenarioError, match=said):
        Ranges(**fields)


def test_unknown_names_are_refused(paper):
    with pytest.raises(ScenarioError, match="Did you mean 'water'"):
        factors_of(Ranges({"wather": 0.1}), paper)
    with pytest.raises(ScenarioError, match="Did you mean 'texas'"):
        factors_of(Ranges({"texass.water": 0.1}), paper)
    with pytest.raises(ScenarioError, match=r"price=0\.2"):
        read_ranges(["price"])


def test_ranges_are_told_and_read_again():
    ranges = Ranges({"texas.water": 0.4, "price": 0.1}, "grid_area", 64, 7)
    assert Ranges.from_words(ranges.to_words()) == ranges
    assert Ranges.from_words(Ranges().to_words()) == Ranges()
    with pytest.raises(ScenarioError, match="cannot be read"):
        Ranges.from_words("price=lots")


def test_a_time_limit_is_no_finding_about_a_draw(paper, base):
    def over() -> None:
        raise TimeLimitError("this takes too long")

    factors = factors_of(Ranges(draws=1, seed=1), paper)[0]
    with pytest.raises(TimeLimitError, match="too long"):
        base.draw(factors, over)


@pytest.mark.parametrize("told", [[".price=0.9"], ["price=0.1", "price=0.9"]])
def test_a_range_of_no_region_or_given_twice_is_refused(paper, told):
    with pytest.raises(ScenarioError, match="price"):
        Ranges(read_ranges(told)).check_against(paper)


def test_a_record_comes_small_and_whole_out_of_another_process(paper, base):
    draw = base.draw(factors_of(Ranges(draws=1, seed=1), paper)[0])
    sent = pickle.dumps(draw, protocol=5)
    assert len(sent) < 3000
    there = pickle.loads(sent)
    assert there.regret == draw.regret
    for name in ("worst", "worst_site", "worse"):
        one, other = getattr(there.best, name), getattr(draw.best, name)
        assert one.base is None  # no view of a buffer, which would stay as well
        assert one.dtype == other.dtype
        assert (one == other).all()
