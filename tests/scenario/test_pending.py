"""What the solver does not honour yet is refused by name."""

import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.errors import NotYetAvailable

PENDING = {
    "measure": {"measure": "lq"},
    "lens": {"lens": "income"},
    "carbon_limit_t": {"carbon_limit_t": 100},
    "no_region_worse": {"no_region_worse": True},
    "capacity_growth": {"capacity_growth": 0.1},
    "new_site_like": {"new_site_like": "texas"},
    "further.health": {"further": {"health": {"limit": 1}}},
    "factors.texas.water_limit_m3": {"factors": {"texas": {"water_limit_m3": 1}}},
}


@pytest.mark.parametrize("field", PENDING)
def test_what_the_solver_would_ignore_is_refused(field):
    with pytest.raises(NotYetAvailable, match="not yet available") as caught:
        solve(Scenario(**PENDING[field]), load_dataset("paper-2022"))
    assert caught.value.field == field
