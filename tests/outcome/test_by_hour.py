"""Hour by hour adds up to the burdens, whatever the scenario does to the figures."""

import numpy as np
import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.model.fleet import fleet_of
from equity_core.outcome.by_hour import LOAD, by_hour

WEEK = {"start": "2023-07-01T00:00Z", "end": "2023-07-08T00:00Z"}


@pytest.mark.parametrize(
    "fields",
    [
        {"dataset": "paper-2022"},
        {"dataset": "paper-2022", "factors": {"texas": {"water": 2.0, "carbon": 0.5}}},
        {"dataset": "paper-2022", "new_site_like": "texas", "new_site_mw": 1.0},
        {"dataset": "world-2023", "onsite_water": 8.0, **WEEK},
        {"dataset": "us-2023", "baseline": "nearest", **WEEK},
    ],
)
def test_hours_add_up_to_the_burdens(fields):
    scenario = Scenario(**fields)
    data = load_dataset(scenario.dataset)
    plan = solve(scenario, data)
    hourly = by_hour(plan, fleet_of(scenario, data))
    assert list(hourly) == [LOAD, *(item.column for item in plan.footprints)]
    for column, values in hourly.items():
        assert values.shape == (len(plan.burdens), len(plan.hours))
        known = plan.burdens["energy_mwh" if column == LOAD else column].to_numpy()
        np.testing.assert_allclose(values.sum(axis=1), known, rtol=1e-9, atol=1e-9 * known.max())
