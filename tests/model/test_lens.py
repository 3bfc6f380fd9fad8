"""Equity lenses against figures worked by hand."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pytest import approx

from equity_core import Scenario, load_dataset
from equity_core.errors import ScenarioError
from equity_core.inputs.catalogue import bundled
from equity_core.model.lens import lens_of
from equity_core.scenario.rows.policy import LENSES
from tests.small import small_dataset


@pytest.fixture
def regions():
    flat = np.ones((2, 1))
    dataset = small_dataset(flat, flat, flat, [1, 1], flat)
    dataset.sites["water_stress_pct"] = [10.0, 30.0]
    dataset.sites["gdp_per_capita_usd"] = [20_000.0, 60_000.0]
    dataset.sites["population"] = [4e6, 1e6]
    dataset.sites["electricity_burden_pct"] = [1.0, 3.0]
    return dataset


@pytest.mark.parametrize(
    ("lens", "footprint", "expected"),
    [
        ("equal", "water", [1, 1]),
        ("water_stress", "water", [0.5, 1.5]),
        ("water_stress", "carbon", [1, 1]),
        ("income", "water", [1.5, 0.5]),
        ("income", "carbon", [1.5, 0.5]),
        ("population", "carbon", [0.4, 1.6]),
        ("energy_burden", "carbon", [0.5, 1.5]),
        ("own", "water", [0.8, 1.2]),
    ],
)
def test_each_lens_counts_as_it_says(lens, footprint, expected, regions):
    scenario = Scenario(lens=lens, factors={"a": {"lens": 2}, "b": {"lens": 3}})
    assert lens_of(scenario, regions, footprint) == approx(np.array(expected))


def test_own_weights_do_not_act_under_another_lens(regions):
    scenario = Scenario(lens="equal", factors={"a": {"lens": 2}})
    assert lens_of(scenario, regions, "water") == approx(np.ones(2))


@pytest.mark.parametrize("data", ["paper-2022", "world-2023", "us-2023"])
@pytest.mark.parametrize("lens", [option.value for option in LENSES])
def test_the_bundled_data_have_every_lens_with_mean_1(lens, data):
    if lens == "energy_burden" and data != "us-2023":
        pytest.skip("households' energy burden is known for US states only")
    weight = lens_of(Scenario(lens=lens), load_dataset(data), "water")
    assert weight.mean() == approx(1)
    assert (weight > 0).all()


@pytest.mark.parametrize(
    ("lens", "column"),
    [
        ("population", "population"),
        ("income", "gdp_per_capita_usd"),
        ("water_stress", "water_stress_pct"),
        ("energy_burden", "electricity_burden_pct"),
    ],
)
def test_a_lens_without_its_figures_is_refused_and_says_which(lens, column, regions):
    regions.sites[column] = [0.0, 1.0]
    with pytest.raises(ScenarioError, match=f"{column} above 0.*but A has 0;.*another") as caught:
        lens_of(Scenario(lens=lens), regions, "water")
    assert caught.value.field == "lens"
    del regions.sites[column]
    with pytest.raises(ScenarioError, match=f"{column}.* of every site.*choose another lens"):
        lens_of(Scenario(lens=lens), regions, "water")


@pytest.mark.parametrize("count", [1, 3, 9])
def test_a_lens_names_the_sites_whose_figure_is_missing_and_the_remedy(count):
    flat = np.ones((10, 1))
    dataset = small_dataset(flat, flat, flat, [1] * 10, flat)
    dataset.sites["households"] = [float("nan")] * count + [5.0] * (10 - count)
    with pytest.raises(ScenarioError) as caught:
        lens_of(Scenario(lens="population"), dataset, "water")
    text = str(caught.value)
    named = dataset.sites["name"].tolist()[: min(count, 6)]
    assert all(f"{name} has none" in text for name in named)
    assert ("and 3 others without such a figure" in text) == (count == 9)
    assert "choose another lens, or add or correct the figure in sites.csv" in text


def test_a_data_set_opens_where_a_site_lacks_what_only_a_lens_reads(tmp_path):
    folder = Path(shutil.copytree(bundled()["us-2023"], tmp_path / "mine"))
    sites = pd.read_csv(folder / "sites.csv", dtype=str)
    sites.loc[sites["site"].isin(["utah", "ohio"]), "households"] = ""
    sites.to_csv(folder / "sites.csv", index=False)
    dataset = load_dataset(str(folder))
    with pytest.raises(ScenarioError, match="Utah has none, Ohio has none; choose another lens"):
        lens_of(Scenario(lens="population"), dataset, "water")
    assert lens_of(Scenario(lens="income"), dataset, "water").mean() == approx(1)


def test_a_lens_reads_the_figure_nearest_to_the_region(regions):
    regions.sites["median_household_income_usd"] = [50_000.0, 50_000.0]
    regions.sites["water_stress_aware"] = [30.0, 10.0]
    assert lens_of(Scenario(lens="income"), regions, "water") == approx(np.ones(2))
    assert lens_of(Scenario(lens="water_stress"), regions, "water") == approx([1.5, 0.5])


def test_weights_that_are_all_0_are_refused(regions):
    nothing = {"a": {"lens": 0}, "b": {"lens": 0}}
    with pytest.raises(ScenarioError, match="at least one region"):
        lens_of(Scenario(lens="own", factors=nothing), regions, "water")
