"""What a change is compared with: the world as it is, or the one with the same changes."""

import re

import numpy as np
import pytest

from equity_core import Scenario, solve
from equity_core.errors import ScenarioError
from equity_core.export.tables import comparison_export, regions_export
from equity_core.figures.map import title
from equity_core.scenario.scenario import NEW_SITE
from equity_core.text.fairness import gain_sentences, measure_sentence
from equity_core.text.narrative import bars_summary, map_summary
from equity_core.text.numbers import amount
from equity_core.text.opening.headline import headline
from equity_core.text.plan_names import baseline_name, reference_name
from equity_core.text.quantities import find_quantity

DROUGHT = {"factors": {"texas": {"water": 2}}}
SITE = {"new_site_like": "texas", "new_site_mw": 3}


@pytest.fixture(scope="module")
def compared(dataset):
    """The comparison of the scenario with these fields."""

    def compare(**fields):
        scenario = Scenario(**fields)
        return solve(scenario, dataset).compare(solve(scenario.baseline_scenario(), dataset))

    return compare


@pytest.fixture(scope="module")
def with_site(compared):
    return compared(**SITE)


def test_a_drought_shows_its_own_effect(compared, dataset):
    """The same policy with and without the drought, each solved by itself."""
    found = compared(**DROUGHT, baseline="equity")
    dry, usual = (solve(Scenario(**fields), dataset).burdens for fields in (DROUGHT, {}))
    rise = 100 * (dry["water_m3"].max() / usual["water_m3"].max() - 1)
    assert rise > 0
    assert found.worst_change_pct("water_m3") == pytest.approx(rise)
    assert f"adds {rise:.2g}% to the water" in headline(found)
    rose = (dry > usual * (1 + 1e-6))[["water_m3", "carbon_t"]].any(axis=1)
    assert found.regions_worse == rose.sum() == 10
    same = compared(**DROUGHT, baseline="equity", baseline_world="as_set")
    assert headline(same).startswith(
        "This is the baseline itself, the equity plan with the same changes"
    )


def test_a_moratorium_shows_its_own_effect(compared):
    found = compared(policy="cost", capacity_growth=0.2, factors={"virginia": {"capacity": 0}})
    row = found.table.loc["virginia"]
    assert row["energy_mwh_before"] > 0
    assert row["energy_mwh_after"] == 0
    assert row["water_m3_change_pct"] == -100
    assert "Virginia from 0 to 0" not in bars_summary(found, "water_m3")
    assert "falls in 1 of 10" in map_summary(found, "water_m3", "change")


@pytest.mark.parametrize("world", ["as_is", "as_set"])
def test_a_new_site_stands_apart_from_winners_and_losers(compared, world):
    found = compared(**SITE, baseline_world=world)
    name = found.after.site_names[NEW_SITE]
    assert NEW_SITE not in found.worse_sites
    assert len(found.regions) == 10
    assert found.largest_rise_first("water_m3")[-1] == found.sites.index(NEW_SITE)
    *told, about = gain_sentences(found)
    assert all(name not in sentence for sentence in told)
    used = amount(found.after.burdens.loc[NEW_SITE, "water_m3"], "m3")
    assert about.startswith(f"The new site (like Texas) uses {used} of water")
    assert about in headline(found)
    assert re.search(r" of 10 regions carry more, .+ most \(", headline(found))


def test_what_was_not_there_before_has_no_percentage(with_site):
    row = with_site.table.loc[NEW_SITE]
    assert row["new"]
    assert not row["worse"]
    assert (row[["water_m3_before", "energy_mwh_before", "cost_usd_before"]] == 0).all()
    assert row["water_m3_change"] == row["water_m3_after"] > 0
    assert np.isnan(row["water_m3_change_pct"])
    assert with_site.is_added(NEW_SITE)
    assert f"{with_site.after.site_names[NEW_SITE]} from 0" not in bars_summary(
        with_site, "water_m3"
    )
    map_words = map_summary(with_site, "water_m3", "change")
    assert " of 10 regions." in map_words
    assert "Largest rise: New site" not in map_words


def test_regions_are_joined_by_site_not_by_place(with_site, dataset):
    """The new site last, the ten others as two solves of the ten give them."""
    before = with_site.before.burdens
    assert list(before.index) == list(dataset.site_ids)
    table = with_site.table.loc[list(dataset.site_ids)]
    assert (table["carbon_t_before"] == before["carbon_t"]).all()
    turned = with_site.after.burdens.iloc[::-1]
    again = type(with_site.after)(**(vars_of(with_site.after) | {"burdens": turned}))
    other = again.compare(with_site.before).table.loc[list(dataset.site_ids)]
    assert (other["carbon_t_change"] == table["carbon_t_change"]).all()


def vars_of(outcome):
    return {name: getattr(outcome, name) for name in outcome.__dataclass_fields__}


def test_totals_count_the_new_site(with_site):
    after, before = with_site.after.burdens, with_site.before.burdens
    assert with_site.total_change_pct("water_m3") == pytest.approx(
        100 * (after["water_m3"].sum() / before["water_m3"].sum() - 1)
    )
    together = map_summary(with_site, "water_m3", "change").partition("All regions together: ")[2]
    moved = after["water_m3"].sum() - before["water_m3"].sum()
    assert together.startswith(f"{'+' if moved > 0 else '−'}{amount(abs(moved), 'm3')}")


def test_the_files_mark_the_new_site_and_state_the_world(with_site):
    regions = regions_export(with_site)
    assert regions.frame.set_index("site").loc[NEW_SITE, "new"]
    assert regions.frame["new"].sum() == 1
    for table in (regions, comparison_export(with_site)):
        assert table.origin["baseline_world"] == "as_is"
        assert table.origin["baseline_fingerprint"] == with_site.before.fingerprint
        assert baseline_name(with_site) in table.words


def test_a_measure_that_counts_regions_knows_the_new_one(compared, dataset):
    from equity_core.model.fleet import fleet_of

    found = compared(**SITE, measure="worst_share")
    fleet = fleet_of(found.after.scenario, dataset)
    measured = "the mean of the worst 30% of regions: water "
    assert measured in measure_sentence(found, fleet)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "the cheapest plan"),
        (DROUGHT, "the cheapest plan in the world as it is"),
        (DROUGHT | {"baseline_world": "as_set"}, "the cheapest plan with the same changes"),
        ({"baseline_world": "as_set"}, "the cheapest plan"),
    ],
    ids=str,
)
def test_the_baseline_is_named_with_its_world_wherever_it_is_named(compared, fields, words):
    found = compared(**fields)
    water = find_quantity(found.after.footprints, "water_m3")
    for text in (
        headline(found),
        map_summary(found, "water_m3", "change"),
        bars_summary(found, "water_m3"),
        title(found, water, "change"),
        regions_export(found).words,
    ):
        assert words in text
        assert ("world" in text or "same changes" in text) == (words != "the cheapest plan")


def test_limits_refer_to_the_world_as_set(compared):
    scenario = Scenario(**DROUGHT, no_region_worse=True)
    assert reference_name(scenario) == "the cheapest plan with the same changes"
    as_is, as_set = (
        compared(**DROUGHT, no_region_worse=True, baseline_world=world)
        for world in ("as_is", "as_set")
    )
    assert as_is.after.objective == pytest.approx(as_set.after.objective, rel=1e-9)
    assert as_set.regions_worse == 0
    assert as_is.regions_worse > 0


def test_plans_of_other_regions_cannot_be_compared(compared, dataset, with_site):
    plan = compared().after
    with pytest.raises(ScenarioError, match="different regions"):
        plan.compare(with_site.after)  # the new site is gone
    other = solve(Scenario(new_site_like="denmark"), dataset)
    with pytest.raises(ScenarioError, match="same new site"):
        other.compare(with_site.after)
