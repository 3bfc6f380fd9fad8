"""The hypothetical site as one more row of the data."""

import numpy as np
import pytest
from pytest import approx

from equity_core import Scenario, load_dataset, solve
from equity_core.errors import ScenarioError
from equity_core.inputs.places.geography import site_regions
from equity_core.model.fleet import with_new_site
from equity_core.solvers.textbook.model import solve_textbook
from tests.small import small_dataset


@pytest.fixture(scope="module")
def paper():
    return load_dataset("paper-2022")


def test_without_a_new_site_the_data_stay_as_they_are(paper):
    assert with_new_site(Scenario(), paper) is paper


def test_the_new_site_takes_the_figures_of_its_model(paper):
    more = with_new_site(Scenario(new_site_like="nevada", new_site_mw=3), paper)
    like = paper.site_ids.index("nevada")
    assert more.site_ids == (*paper.site_ids, "new-site")
    assert (more.gateways, more.version) == (paper.gateways, paper.version)
    assert np.array_equal(more.home, paper.home)
    for array in (more.price, more.partial_reach, *more.intensity):
        assert len(array) == 11
        assert np.array_equal(array[-1], array[like])
    added, model = more.sites.loc["new-site"], paper.sites.loc["nevada"]
    assert added["name"] == "New site (like Nevada)"
    assert added["capacity_mw"] == 3
    assert added["country"] == added["subdivision"] == ""
    differing = {"name", "capacity_mw", "country", "subdivision"}
    assert added.drop(differing).equals(model.drop(differing))
    assert (more.latency_basis[-1] == "estimated").all()
    assert np.array_equal(more.latency_basis[:-1], paper.latency_basis)
    assert np.array_equal(more.sites.iloc[:-1], paper.sites)


def test_the_region_of_the_model_keeps_its_shape_on_maps(paper):
    more = with_new_site(Scenario(new_site_like="nevada"), paper)
    shapes, before = site_regions(more).geometry, site_regions(paper).geometry
    assert shapes.iloc[:-1].geom_equals(before).all()
    assert not shapes.iloc[-1].equals(before["nevada"])


def test_round_trips_grow_with_the_distance_to_the_place_on_the_map(paper):
    here = with_new_site(Scenario(new_site_like="nevada"), paper)
    gateway = paper.gateways.index("nevada")
    assert here.latency_ms[-1, gateway] == 19
    opposite = Scenario(
        new_site_like="nevada",
        new_site_latitude=-float(paper.sites.loc["nevada", "latitude"]),
        new_site_longitude=180 + float(paper.sites.loc["nevada", "longitude"]),
    )
    there = with_new_site(opposite, paper)
    assert there.latency_ms[-1, gateway] == approx(19 + 0.014 * np.pi * 6371, abs=0.05)
    quarter = with_new_site(
        Scenario(new_site_like="nevada", new_site_latitude=90, new_site_longitude=0), paper
    )
    north = 90 - float(paper.sites.loc["nevada", "latitude"])
    assert quarter.latency_ms[-1, gateway] == approx(
        19 + 0.014 * np.radians(north) * 6371, abs=0.05
    )


@pytest.mark.parametrize(
    ("like", "words"), [("nevda", "Did you mean 'nevada'"), ("zzz", "Known are: texas")]
)
def test_an_unknown_model_is_refused(like, words, paper):
    with pytest.raises(ScenarioError, match=words) as caught:
        with_new_site(Scenario(new_site_like=like), paper)
    assert caught.value.field == "new_site_like"


def test_an_id_that_is_taken_is_refused():
    flat = np.ones((2, 1))
    dataset = small_dataset(flat, flat, flat, [1, 1], flat, sites=["a", "new-site"])
    with pytest.raises(ScenarioError, match="already has a site called 'new-site'"):
        with_new_site(Scenario(new_site_like="a"), dataset)


def test_the_fleet_balances_anew_over_the_new_site(paper):
    scenario = Scenario(policy="cost", end="2022-09-24")
    more = with_new_site(Scenario(new_site_like="texas"), paper)
    before, after = solve(scenario, paper), solve(scenario, more)
    assert after.cost_usd < before.cost_usd
    assert after.burdens.loc["new-site", "energy_mwh"] > 0
    assert solve_textbook(scenario, more).objective == approx(after.objective, rel=1e-7)
