"""Draws of uncertain figures: the stated spread around 1, the same anywhere, times one's own."""

from __future__ import annotations

import numpy as np
import pytest

from equity_core import Scenario
from equity_core.errors import ScenarioError
from equity_core.sweeps.draws import Draws

SITES = ("texas", "japan")
DRAWS = Draws(256, 7, (("price", 0.2), ("water", 0.1)))


def drawn(draws: Draws, scenario: Scenario, site: str, name: str) -> list[float]:
    worlds = (draws.changed(scenario, SITES, draw) for draw in range(draws.count))
    return [getattr(world.factors_of(site), name) for world in worlds]


def test_factors_are_lognormal_with_median_1_and_the_stated_spread() -> None:
    for name, spread in DRAWS.spread:
        logs = np.log(drawn(DRAWS, Scenario(), "japan", name))
        assert np.median(logs) == pytest.approx(0, abs=0.01 * spread)
        assert logs.std() == pytest.approx(spread, rel=0.03)
    assert set(drawn(DRAWS, Scenario(), "japan", "carbon")) == {1.0}


def test_they_multiply_what_a_scenario_sets_itself() -> None:
    own = Scenario(factors={"texas": {"price": 2.0, "lens": 3.0}})
    alone, times = (drawn(DRAWS, asked, "texas", "price") for asked in (Scenario(), own))
    assert times == pytest.approx([2 * factor for factor in alone], abs=1e-6)
    assert DRAWS.changed(own, SITES, 0).factors_of("texas").lens == 3


def test_sites_and_seeds_have_draws_of_their_own() -> None:
    other = Draws(256, 8, DRAWS.spread)
    texas, japan = (drawn(DRAWS, Scenario(), site, "price") for site in SITES)
    assert abs(np.corrcoef(texas, japan)[0, 1]) < 0.1
    assert texas != drawn(other, Scenario(), "texas", "price")
    assert texas == drawn(Draws(256, 7, DRAWS.spread), Scenario(), "texas", "price")


def test_a_factor_beyond_its_range_is_refused() -> None:
    with pytest.raises(ScenarioError, match="price is"):
        drawn(DRAWS, Scenario(factors={"texas": {"price": 100.0}}), "texas", "price")
