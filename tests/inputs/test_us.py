"""US 2023 holds its sources' figures, gives each state its present load, and stays small."""

import numpy as np
import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.inputs.catalogue import bundled
from equity_core.inputs.dataset import Dataset

FOLDER = bundled()["us-2023"]
AN_HOUR = 24 * 100 + 7  # 2023-04-11 07:00 UTC


@pytest.fixture(scope="module")
def states() -> Dataset:
    return load_dataset("us-2023")


def test_shape(states: Dataset) -> None:
    assert len(states.site_ids) == 23
    assert states.site_ids == states.gateways
    assert states.intensity.shape == (4, 23, 8760)
    assert [item.column for item in states.footprints] == [
        "water_m3",
        "carbon_t",
        "marginal_carbon_t",
        "health_usd",
    ]
    assert str(states.hours[0]) == "2023-01-01 00:00:00+00:00"


@pytest.mark.parametrize(
    ("site", "price", "onsite", "offsite", "carbon", "marginal", "health"),
    [  # read off the source figures by hand, for the hour that begins at AN_HOUR
        ("virginia", 85.4, 0.31, 1.597, 0.3845, 0.532, 20.77),
        ("texas", 56.0, 0.478, 0.829, 0.3108, 0.564, 15.07),
        ("washington", 66.0, 0.326, 0.166, 0.095, 0.72, 9.37),
        ("arizona", 75.3, 0.364, 1.399, 0.3793, 0.586, 3.11),
        ("ohio", 69.1, 0.116, 1.597, 0.3845, 0.532, 20.77),
    ],
)
def test_five_cells(
    states: Dataset,
    site: str,
    price: float,
    onsite: float,
    offsite: float,
    carbon: float,
    marginal: float,
    health: float,
) -> None:
    i = states.site_ids.index(site)
    assert states.price[i, AN_HOUR] == price
    assert states.intensity[0, i, AN_HOUR] == pytest.approx(onsite + offsite)
    assert states.intensity[1:, i, AN_HOUR].tolist() == [carbon, marginal, health]


def test_demand_is_the_present_energy_of_each_state(states: Dataset) -> None:
    energy = states.demand.sum(axis=1)
    assert energy == pytest.approx(states.sites["dc_energy_2023_mwh"].to_numpy(), rel=1e-5)


def test_peak_demand_by_hand(states: Dataset) -> None:
    """Virginia: 33,851,122 MWh over the pattern's mean of 0.7345 and 8,760 hours."""
    peak = states.demand[states.site_ids.index("virginia")].max()
    assert peak == pytest.approx(33_851_122 / 8760 / 0.7345, rel=1e-3)


def test_nearest_is_as_sited_by_an_independent_sum_over_hours(states: Dataset) -> None:
    today = solve(Scenario(dataset="us-2023", policy="nearest"), states)
    assert today.burdens["energy_mwh"].to_numpy() == pytest.approx(states.demand.sum(axis=1))
    for k, footprint in enumerate(states.footprints):
        total = sum(float(f @ y) for f, y in zip(states.intensity[k], states.demand, strict=True))
        assert today.total(footprint.column) == pytest.approx(total)


def test_load_can_move_within_capacity(states: Dataset) -> None:
    spare = states.sites["capacity_mw"].to_numpy() / states.demand.mean(axis=1)
    assert spare.min() > 1.7
    assert (states.demand.max(axis=1) <= states.sites["capacity_mw"]).all()


def test_partial_reach_stays_within_an_interconnection(states: Dataset) -> None:
    grid = states.sites["interconnection"].to_numpy()
    assert np.array_equal(states.partial_reach, grid[:, None] == grid)
    assert states.partial_reach[states.site_ids.index("texas")].sum() == 1


def test_every_state_names_the_origin_of_its_water_stress(states: Dataset) -> None:
    aqueduct = states.sites["water_stress_origin"].str.startswith("Aqueduct 4.0 category")
    assert aqueduct.sum() == states.sites["aqueduct_category"].notna().sum() == 13
    assert states.sites["water_stress_origin"][~aqueduct].str.startswith("AWARE 2.0 of").all()


def test_no_health_is_gained_by_load(states: Dataset) -> None:
    health = states.intensity[3]
    assert health.min() == 0
    assert (health == 0).sum() == 245


def test_what_holds_for_single_figures_is_noted_state_by_state(states: Dataset) -> None:
    notes = {(note.site, note.column): note for note in states.notes}
    assert "Seattle, Washington, 188 km away" in notes["washington", "water_m3_per_mwh_onsite"].note
    assert "shared with Nebraska" in notes["oklahoma", "carbon_t_per_mwh"].note
    assert "92 hours below zero are set to 0" in notes["arizona", "health_usd_per_mwh"].note
    assert "Hyperscale capacity" in notes["ohio", "capacity_mw"].note
    for site, origin in states.sites["water_stress_origin"].items():
        note = notes[str(site), "water_stress_pct"]
        assert note.note.startswith(origin)
        assert (note.quality == "assumed") == ("of the country" in origin)


def test_sources_that_disagree_stand_side_by_side(states: Dataset) -> None:
    energy = {item.site: item for item in states.conflicts if item.unit == "MWh"}
    assert set(energy) == {"oregon", "iowa", "ohio", "oklahoma", "new-mexico"}
    assert (energy["ohio"].used, energy["ohio"].other) == (2_363_886, 8_835_511)
    sites = states.sites
    larger = sites.index[sites["hyperscale_mwh"] > sites["dc_energy_2023_mwh"]]
    assert set(energy) == set(larger)
    cooling = {item.site: item for item in states.conflicts if "Cooling" in item.quantity}
    measured = sites["operator_wue_m3_per_mwh"].dropna()
    assert {site: item.other for site, item in cooling.items()} == measured.to_dict()
    for site, item in cooling.items():
        own = states.parts["water.onsite"][states.site_ids.index(site)].mean()
        assert item.used == pytest.approx(own, abs=1e-3)


def test_what_stands_under_the_odbl_stays_apart_and_all_is_small() -> None:
    assert "Open Database License" in (FOLDER / "LICENCE-carbon").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3e6
