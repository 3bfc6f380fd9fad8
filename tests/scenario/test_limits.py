"""Which fields are limits: written out here, read off the parameter table there."""

import pytest

from equity_core import Scenario
from equity_core.scenario.limits import (
    IN_AMOUNTS,
    IN_FRACTIONS,
    OF_A_FOOTPRINT,
    OF_A_SITE,
    OF_THE_FLEET,
    limits_set,
    with_limit,
    without_limits,
)

EVERY_FIELD = [
    "cost_increase_limit",
    "water_limit_m3",
    "carbon_limit_t",
    "water_total_limit_m3",
    "carbon_total_limit_t",
    "factors.texas.water_limit_m3",
    "factors.texas.carbon_limit_t",
    "further.health.limit",
    "further.health.total_limit",
    "worse_tolerance",
]


def test_the_table_tells_which_fields_are_limits():
    assert tuple(EVERY_FIELD[:5]) == OF_THE_FLEET
    assert OF_A_SITE == ("water_limit_m3", "carbon_limit_t")
    assert OF_A_FOOTPRINT == ("limit", "total_limit")
    assert IN_FRACTIONS == ("cost_increase_limit", "worse_tolerance")
    assert tuple(EVERY_FIELD[1:5]) == IN_AMOUNTS


def test_limits_come_in_the_order_of_the_table_whoever_sets_them_first():
    scenario = Scenario()
    for field in reversed(EVERY_FIELD):
        scenario = with_limit(scenario, field, 0.5)
    assert list(limits_set(scenario)) == EVERY_FIELD
    assert without_limits(scenario) == Scenario()


@pytest.mark.parametrize("field", EVERY_FIELD)
def test_a_limit_of_nothing_is_a_limit(field):
    assert limits_set(with_limit(Scenario(), field, 0.0)) == {field: 0.0}
