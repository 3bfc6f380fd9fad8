"""Inequality measures: values worked by hand, each by a second formula, and their laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx
from scipy.optimize import linprog

from equity_core.outcome.inequality import gini, jain, peak_to_average, worst_share

# values, weights, then PAR, Gini, Jain, and the mean of the worst quarter and half
BY_HAND = [
    # mean (3*1 + 1*3) / 4 = 1.5; Gini 2 * 3*1*2 / (2 * 1.5 * 16); squares (3*1 + 9) / 4 = 3
    ([1, 3], [3, 1], 2.0, 0.25, 0.75, 3.0, 2.0),
    # mean (2 + 6) / 4 = 2; Gini 2 * (1*2*2 + 1*1*4 + 2*1*6) / (2 * 2 * 16); squares 40 / 4 = 10
    ([2, 0, 6], [1, 2, 1], 3.0, 0.625, 0.4, 6.0, 4.0),
    # mean 8 / 8 = 1, whoever carries it
    ([0, 8], [7, 1], 8.0, 0.875, 0.125, 4.0, 2.0),
    ([5, 5, 5], [1, 2, 7], 1.0, 0.0, 1.0, 5.0, 5.0),
    # no weights: mean 4; Gini 2 * (3 + 6 + 3) / (2 * 4 * 9); squares (1 + 16 + 49) / 3 = 22
    ([1, 4, 7], None, 1.75, 24 / 72, 16 / 22, 7.0, (7 / 3 + 4 / 6) * 2),
]

burdens = arrays(float, st.integers(2, 6), elements=st.integers(0, 40).map(float))
people = st.integers(1, 5)


@st.composite
def weighted(draw):
    """Burdens, not all zero, and whole weights: everyone in a region carries its burden."""
    values = draw(burdens.filter(np.any))
    return values, draw(arrays(float, len(values), elements=people.map(float)))


def one_by_one(values, weights):
    """The burden of each person, so that unweighted formulas apply."""
    return np.repeat(values, weights.astype(int))


@pytest.mark.parametrize(("values", "weights", "par", "g", "j", "quarter", "half"), BY_HAND)
def test_worked_by_hand(values, weights, par, g, j, quarter, half):
    values = np.array(values, dtype=float)
    weights = None if weights is None else np.array(weights, dtype=float)
    assert peak_to_average(values, weights) == approx(par)
    assert gini(values, weights) == approx(g)
    assert jain(values, weights) == approx(j)
    assert worst_share(values, 0.25, weights) == approx(quarter)
    assert worst_share(values, 0.5, weights) == approx(half)


@given(weighted())
def test_par_is_the_worst_times_the_number_over_the_sum(case):
    each = one_by_one(*case)
    assert peak_to_average(*case) == approx(max(each) * len(each) / sum(each))


@given(weighted())
def test_gini_is_half_the_relative_mean_difference(case):
    each = one_by_one(*case)
    differences = sum(abs(x - y) for x in each for y in each)
    assert gini(*case) == approx(differences / (2 * len(each) * sum(each)), abs=1e-12)


@given(weighted())
def test_jain_falls_with_the_variation(case):
    each = one_by_one(*case)
    variation = np.std(each) / np.mean(each)
    assert jain(*case) == approx(1 / (1 + variation**2))


@given(weighted(), st.floats(0.01, 1))
def test_worst_share_is_the_heaviest_choice_of_that_share(case, share):
    values, weights = case
    # Choose how much of each person counts: share in all, at most one person's part of each.
    most = weights / weights.sum()
    found = linprog(-values / share, A_eq=[np.ones_like(values)], b_eq=[share],
                    bounds=list(zip(np.zeros_like(most), most, strict=True)))  # fmt: skip
    assert worst_share(values, share, weights) == approx(-found.fun, abs=1e-7)


@given(weighted())
def test_worst_share_lies_between_the_mean_and_the_worst(case):
    values, weights = case
    assert worst_share(values, 1.0, weights) == approx(np.average(values, weights=weights))
    assert worst_share(values, 1e-9, weights) == approx(values.max())


MEASURES = {
    "par": peak_to_average,
    "gini": gini,
    "unfairness by jain": lambda values, weights=None: 1 - jain(values, weights),
    "worst share": lambda values, weights=None: (
        worst_share(values, 0.3, weights) / np.average(values, weights=weights)
    ),
}
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


@every_measure
@given(case=weighted(), scale=st.sampled_from([1e-6, 0.5, 3.0, 1e9]))
def test_the_unit_does_not_matter(measure, case, scale):
    values, weights = case
    assert measure(values * scale, weights) == approx(measure(values, weights), abs=1e-12)
    assert measure(values, weights * scale) == approx(measure(values, weights), abs=1e-12)


@every_measure
@given(case=weighted(), data=st.data())
def test_a_transfer_from_a_heavier_to_a_lighter_burden_is_never_less_fair(measure, case, data):
    values, weights = case
    order = np.argsort(values)
    places = data.draw(st.permutations(range(len(values))))[:2]
    light, heavy = order[sorted(places)]
    # Pigou and Dalton: what all people there together give up, short of changing places.
    room = (values[heavy] - values[light]) / (1 / weights[heavy] + 1 / weights[light])
    moved = data.draw(st.floats(0, 1)) * room
    after = values.copy()
    after[heavy] -= moved / weights[heavy]
    after[light] += moved / weights[light]
    assert measure(after, weights) <= measure(values, weights) + 1e-9


@every_measure
@given(case=weighted())
def test_two_halves_of_a_region_count_like_the_region(measure, case):
    values, weights = case
    halves = np.concatenate([weights[:1] / 2, weights[:1] / 2, weights[1:]])
    split = np.concatenate([values[:1], values])
    assert measure(split, halves) == approx(measure(values, weights), abs=1e-12)


@every_measure
def test_nobody_carries_anything_is_equal(measure):
    if measure is not MEASURES["worst share"]:
        assert measure(np.zeros(3)) == (1.0 if measure is peak_to_average else 0.0)
    assert worst_share(np.zeros(3), 0.5) == 0


@pytest.mark.parametrize("measure", [peak_to_average, gini, jain])
@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([1, -1], None),
        ([1, np.nan], None),
        ([1, np.inf], None),
        ([], None),
        ([1, 2], [0, 0]),
        ([1, 2], [1, -1]),
        ([1, 2], [1, np.nan]),
        ([1, 2], [1, 2, 3]),
    ],
)
def test_what_cannot_be_a_burden_or_a_weight_is_refused(measure, values, weights):
    weights = None if weights is None else np.array(weights, dtype=float)
    with pytest.raises(ValueError, match="must be"):
        measure(np.array(values, dtype=float), weights)


@pytest.mark.parametrize("share", [0, -0.1, 1.1, np.nan])
def test_a_share_lies_above_0_and_at_most_at_1(share):
    with pytest.raises(ValueError, match="share is"):
        worst_share(np.ones(2), share)
