"""Draws of uncertain figures: the stated spread around 1, times what a scenario sets itself."""

from __future__ import annotations

import numpy as np
import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.errors import ScenarioError
from equity_core.sweeps.draws import Draws

DRAWS = Draws(256, 7, (("price", 0.2), ("water", 0.1)))


PAPER = load_dataset("paper-2022")


def drawn(draws: Draws, scenario: Scenario, site: str, name: str) -> list[float]:
    worlds = (draws.changed(scenario, PAPER, draw) for draw in range(draws.count))
    return [getattr(world.factors_of(site), name) for world in worlds]


def test_factors_are_lognormal_with_mean_1_and_the_stated_spread() -> None:
    for name, spread in DRAWS.spread:
        factors = np.array(drawn(DRAWS, Scenario(), "japan", name))
        assert factors.mean() == pytest.approx(1, abs=0.01 * spread)
        assert factors.std() == pytest.approx(spread, rel=0.03)
        assert np.log(factors).std() == pytest.approx(np.sqrt(np.log1p(spread**2)), rel=0.03)
    assert set(drawn(DRAWS, Scenario(), "japan", "carbon")) == {1.0}


def test_they_multiply_what_a_scenario_sets_itself() -> None:
    own = Scenario(factors={"texas": {"price": 2.0, "lens": 3.0}})
    alone, times = (drawn(DRAWS, asked, "texas", "price") for asked in (Scenario(), own))
    assert times == pytest.approx([2 * factor for factor in alone], abs=2e-6)
    assert DRAWS.changed(own, PAPER, 0).factors_of("texas").lens == 3


def test_sites_and_seeds_have_draws_of_their_own() -> None:
    other = Draws(256, 8, DRAWS.spread)
    texas, japan = (drawn(DRAWS, Scenario(), site, "price") for site in ("texas", "japan"))
    assert abs(np.corrcoef(texas, japan)[0, 1]) < 0.1
    assert texas != drawn(other, Scenario(), "texas", "price")
    # Neither fewer draws nor a figure less move the others.
    assert texas[:100] == drawn(Draws(100, 7, DRAWS.spread[:1]), Scenario(), "texas", "price")


def test_a_new_site_draws_with_the_region_that_it_is_like() -> None:
    asked = Scenario(new_site_like="japan", new_site_mw=100.0)
    draws = Draws(4, 7, (*DRAWS.spread, ("demand", 0.1)))
    for name in ("price", "water"):
        assert drawn(draws, asked, "new-site", name) == drawn(draws, asked, "japan", name)
    assert set(drawn(draws, asked, "new-site", "demand")) == {1.0}  # none arises there
    assert solve(draws.changed(asked, PAPER, 1), PAPER).cost_usd > 0


def test_a_factor_beyond_its_range_is_refused() -> None:
    with pytest.raises(ScenarioError, match="price is"):
        drawn(DRAWS, Scenario(factors={"texas": {"price": 100.0}}), "texas", "price")
