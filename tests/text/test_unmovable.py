"""A moratorium caps the load that can move; what cannot move stays, and the words say how much."""

import numpy as np
import pytest

from equity_core import Scenario, solve
from equity_core.answers import Answer
from equity_core.text.load.unmovable import staying_sentences
from tests.small import small_dataset

FLAT = np.ones((2, 2))


@pytest.fixture
def pair():
    """Two sites of 4 and 8 MW; a's demand is 4 and then 2 MW."""
    return small_dataset(FLAT, FLAT, FLAT, [4, 8], np.array([[4.0, 2.0], [2.0, 2.0]]))


def told(dataset, **fields):
    scenario = Scenario(dataset="small", policy="cost", **fields)
    return staying_sentences(solve(scenario, dataset), dataset)


def test_a_moratorium_says_what_stays(pair):
    (text,) = told(pair, movable_share=0.25, factors={"a": {"capacity": 0}})
    assert text == (
        "A moratorium caps only the load that can move; what cannot move stays: "
        "4.5 MWh in A (up to 3 MW in an hour)."
    )


def test_a_lower_capacity_says_what_it_is(pair):
    growth = {"demand_growth": 1.0, "capacity_growth": 1.0}
    (text,) = told(pair, movable_share=0.25, factors={"a": {"capacity": 0.5}}, **growth)
    assert text.startswith("A capacity caps only the load that can move")
    assert "9 MWh in A (up to 6 MW in an hour, where the capacity is 4 MW)." in text


def test_the_period_counts_alone(pair):
    end = f"{pair.hours[1]:%Y-%m-%dT%H:%MZ}"
    (text,) = told(pair, movable_share=0.25, factors={"a": {"capacity": 0}}, end=end)
    assert "3 MWh in A" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"movable_share": 1.0, "factors": {"a": {"capacity": 0.5}}},
        {"movable_share": 0.25},
        {"movable_share": 0.5, "factors": {"a": {"capacity": 0.5}}},
    ],
)
def test_nothing_is_said_where_all_that_stays_finds_room(pair, fields):
    assert told(pair, **fields) == ()


def test_the_command_line_says_it(pair):
    scenario = Scenario(
        dataset="small", policy="cost", movable_share=0.25, factors={"a": {"capacity": 0}}
    )
    answer = Answer.to(scenario, pair)
    (text,) = staying_sentences(answer.outcome, pair)
    assert text in answer.summary()


def test_many_regions_are_counted():
    sites = 9
    flat, demand = np.ones((sites, 1)), np.ones((sites, 1))
    dataset = small_dataset(flat, flat, flat, [1] * (sites - 1) + [20], demand)
    factors = {name: {"capacity": 0} for name in dataset.site_ids[:-1]}
    (text,) = told(dataset, movable_share=0.5, factors=factors)
    assert text.count(" in an hour") == 6
    assert text.endswith("and more in 2 other regions.")
