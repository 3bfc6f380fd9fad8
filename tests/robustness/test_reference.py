"""The paper's case against an independent prototype: percentiles, to sampling error."""

import numpy as np
import pytest
from pytest import approx

from equity_core import Scenario, load_dataset, robustness
from equity_core.robustness.examine import TAILS


@pytest.fixture(scope="module")
def found():
    return robustness.examine(Scenario(), load_dataset("paper-2022"))


def tails(figures):
    return np.percentile(figures, TAILS).tolist()


def test_planned_anew_the_worst_region_uses_far_less_water(found):
    assert tails(found.worst_changes(0)) == approx([-52, -38, -24], abs=4)


def test_the_plan_kept_helps_less(found):
    assert tails(found.worst_changes(0, kept=True)) == approx([-34, -26, -10], abs=2.5)


def test_regret_of_the_plan_kept_and_of_the_rule_that_sees_what_comes(found):
    assert tails(found.regrets) == approx([3.3, 6.8, 10.9], abs=1.5)
    assert tails(found.online_regrets) == approx([1.5, 2.1, 2.7], abs=0.4)


def test_who_binds_and_who_is_worse_off(found):
    names = list(found.site_names)
    worse = dict(zip(names, found.worse_share, strict=True))
    assert worse["germany"] == 1
    assert worse["denmark"] > 0.97
    assert worse["texas"] == 0
    assert found.binding_share[0, names.index("virginia")] == approx(0.66, abs=0.08)


def test_what_matters_most_is_told(found):
    assert len(found.influences) == 8
    for one in found.influences:
        assert np.abs(one.correlation).max() > 0.15
        assert np.isfinite([one.low, one.high]).all()
