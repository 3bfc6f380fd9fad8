"""World 2023 holds its sources' figures, says how far they go, and stays small."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from equity_core import Scenario, solve
from equity_core.errors import DatasetError, ScenarioError
from equity_core.inputs.catalogue import bundled, load_dataset
from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import with_onsite_water

FOLDER = bundled()["world-2023"]
SUMS = {  # over the year: price, cooling water, carbon, as in the source
    "us-ny": (318738.12, 25122.660, 2433.1940),
    "us-pjm": (313083.87, 25886.084, 3437.4469),
    "us-tx": (490014.25, 33818.290, 3333.6135),
    "us-ca": (538320.82, 28223.034, 2284.1498),
    "ca-on": (185481.49, 20305.884, 638.1414),
    "de": (901525.36, 24703.662, 3214.6719),
    "gb": (1021689.13, 25358.889, 1642.7834),
    "sg": (1614870.37, 48694.155, 4275.6285),
    "jp": (837063.21, 31238.998, 4727.4397),
    "kr": (1094677.40, 25141.272, 3852.0871),
    "in": (562511.67, 45330.231, 6562.7605),
    "au-nsw": (558256.67, 31664.363, 4854.9618),
    "au-vic": (318617.85, 28861.925, 4418.1188),
    "cl": (838242.04, 28721.217, 2414.3479),
    "br": (126519.11, 35788.909, 790.7507),
    "za": (626423.63, 26796.180, 6150.6181),
}
OFFSITE = {"us-ca": 1.205, "ca-on": 0.599, "au-vic": 1.015, "br": 0.304, "za": 1.498, "kr": 1.611}


@pytest.fixture(scope="module")
def world() -> Dataset:
    return load_dataset("world-2023")


@pytest.fixture(scope="module")
def cooling() -> np.ndarray:
    """[N, T] on-site water alone, of cooling towers all year, as in the file."""
    towers = {"water.onsite": 1.0, "water.offsite": 0.0}
    return load_dataset("world-2023", towers).intensity[0]


def test_shape(world: Dataset) -> None:
    assert world.site_ids == world.gateways == tuple(SUMS)
    assert world.home.tolist() == list(range(16))
    assert len(world.hours) == 8760
    assert str(world.hours[0]) == "2023-01-01 00:00:00+00:00"
    assert str(world.hours[-1]) == "2023-12-31 23:00:00+00:00"
    assert world.price.shape == world.demand.shape == (16, 8760)
    assert world.intensity.shape == (2, 16, 8760)


@pytest.mark.parametrize(
    ("site", "hour", "price", "onsite", "carbon"),
    [
        ("us-ny", "2023-01-01T00:00Z", 54.63, 2.948, 0.2698),
        ("us-tx", "2023-08-15T20:00Z", 594.31, 4.635, 0.4714),
        ("de", "2023-03-26T01:00Z", 91.28, 2.399, 0.2075),
        ("au-vic", "2023-07-01T03:00Z", 1.5, 3.075, 0.5037),
        ("za", "2023-12-31T23:00Z", 43.49, 3.437, 0.6837),
    ],
)
def test_figures_of_single_hours(
    world: Dataset,
    cooling: np.ndarray,
    site: str,
    hour: str,
    price: float,
    onsite: float,
    carbon: float,
) -> None:
    i, t = world.site_ids.index(site), world.hours.get_loc(pd.Timestamp(hour))
    assert world.price[i, t] == price
    assert world.intensity[1, i, t] == carbon
    assert cooling[i, t] == onsite


def test_every_figure_of_the_source_is_there(world: Dataset, cooling: np.ndarray) -> None:
    held = np.transpose(
        [world.price.sum(axis=1), cooling.sum(axis=1), world.intensity[1].sum(axis=1)]
    )
    np.testing.assert_allclose(held, list(SUMS.values()), rtol=1e-9, atol=0.006)


def test_water_is_cooling_and_power_generation(world: Dataset, cooling: np.ndarray) -> None:
    offsite = world.intensity[0] - cooling / 8
    for site, expected in OFFSITE.items():
        np.testing.assert_allclose(offsite[world.site_ids.index(site)], expected, rtol=1e-12)


def test_a_part_can_be_scaled_and_changes_the_version(world: Dataset, cooling: np.ndarray) -> None:
    half = load_dataset("world-2023", {"water.onsite": 0.5})
    np.testing.assert_allclose(half.intensity[0], world.intensity[0] + 3 * cooling / 8, rtol=1e-12)
    np.testing.assert_array_equal(half.intensity[1], world.intensity[1])
    assert half.version != world.version
    assert [part.scale for part in half.footprints[0].parts] == [0.5, 1.0]


@pytest.mark.parametrize(
    ("scales", "parts"),
    [
        ({"water.on-site": 1.0}, ("no part water.on-site", "did you mean water.onsite?")),
        ({"carbon.onsite": 1.0}, ("no part carbon.onsite",)),
        ({"water.onsite": -1.0}, ("scale of water.onsite is -1", "0 to 100")),
        ({"water.onsite": float("nan")}, ("scale of water.onsite is nan",)),
    ],
)
def test_a_scale_that_cannot_be_used(scales: dict[str, float], parts: tuple[str, ...]) -> None:
    with pytest.raises(DatasetError) as caught:
        load_dataset("world-2023", scales)
    for part in parts:
        assert part in str(caught.value)


def test_july_differs_from_january(world: Dataset) -> None:
    month = world.hours.month
    for figures in (world.price, *world.intensity):
        january, july = (figures[:, month == m].mean(axis=1) for m in (1, 7))
        assert (np.abs(july / january - 1) > 0.02).sum() >= 12
    water = world.intensity[0]
    more_in_july = water[:, month == 7].mean(axis=1) > water[:, month == 1].mean(axis=1)
    north = world.sites["latitude"].to_numpy() > 23.5
    assert more_in_july[north].all()


def test_demand_follows_the_local_clock(world: Dataset) -> None:
    pattern = pd.read_csv(FOLDER / "demand_pattern.csv")["load_fraction"].to_numpy()
    start = pd.Timestamp("2022-12-26")  # the Monday before the year begins
    for j, site in enumerate(world.gateways):
        zone = ZoneInfo(world.sites.loc[site, "time_zone"])
        for t in (0, 2000, 4500, 7000, 8759):
            wall = world.hours[t].tz_convert(zone).tz_localize(None)
            hour = int((wall - start).total_seconds() // 3600)
            assert world.demand[j, t] == pattern[hour % 672], (site, wall)


def test_days_follow_the_sun(world: Dataset) -> None:
    """Gateways are each other's pattern, moved: New York is 14 hours behind Tokyo in winter."""
    york, tokyo = (world.demand[world.gateways.index(site)] for site in ("us-ny", "jp"))
    winter = slice(100, 1000)
    np.testing.assert_array_equal(york[114:1014], tokyo[winter])
    assert not np.array_equal(york[100:1000], tokyo[winter])


def test_all_demand_can_be_served(world: Dataset) -> None:
    assert world.sites["capacity_mw"].tolist() == [1.0] * 16
    assert 9.0 < world.demand.sum(axis=0).min() < world.demand.sum(axis=0).max() < 16.0


def test_partial_reach_is_a_hundred_milliseconds(world: Dataset) -> None:
    np.testing.assert_array_equal(world.partial_reach, world.latency_ms <= 100)
    alone = world.partial_reach.sum(axis=0) == 1
    assert [site for site, lone in zip(world.gateways, alone, strict=True) if lone] == ["za"]


def test_latency(world: Dataset) -> None:
    virginia, texas = world.site_ids.index("us-pjm"), world.gateways.index("us-tx")
    assert world.latency_ms[virginia, texas] == 36.0
    kinds = dict(zip(*np.unique(world.latency_basis, return_counts=True), strict=True))
    assert kinds == {"measured": 182, "estimated": 58, "assumed": 16}


def test_files_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000


def test_carbon_stands_alone_with_its_licence() -> None:
    carbon = pq.read_schema(FOLDER / "hourly_carbon.parquet")
    others = [path for path in FOLDER.iterdir() if path.suffix in (".csv", ".parquet")]
    holders = [path.name for path in others if "carbon_t_per_mwh" in _columns(path)]
    assert holders == ["hourly_carbon.parquet"]
    assert "ODbL" in carbon.metadata[b"licence"].decode()
    assert "Electricity Maps" in carbon.metadata[b"attribution"].decode()
    notice = (FOLDER / "LICENCE-carbon").read_text(encoding="utf-8")
    for words in ("Electricity Maps", "Open Database License", "opendatacommons.org/licenses/odbl"):
        assert words in notice


def _columns(path: Path) -> list[str]:
    if path.suffix == ".parquet":
        return pq.read_schema(path).names
    return path.read_text(encoding="utf-8").splitlines()[0].split(",")


def test_licences_and_credits_are_named(world: Dataset) -> None:
    licences = {card.column: card.licence for card in world.cards}
    assert "ODbL" in licences["carbon_t_per_mwh"]
    assert licences["water_m3_per_mwh_onsite"] == "CC BY 4.0"
    text = (FOLDER / "LICENCE").read_text(encoding="utf-8") + world.attribution
    for name in ("Open-Meteo", "Our World in Data and Ember", "Google", "Azure", "AWARE 2.0"):
        assert name in text


@pytest.mark.parametrize(
    ("column", "quality", "words"),
    [
        ("carbon_t_per_mwh", "modelled", ("Japan", "India", "8%")),
        ("price_usd_per_mwh", "modelled", ("profile", "not the market's hourly series")),
        ("water_m3_per_mwh_onsite", "modelled", ("cooling tower in every hour", "2.3 to 5.6")),
        ("water_m3_per_mwh_offsite", "modelled", ("reservoirs", "Brazil from 0.3 to about 18")),
        ("demand_mw", "synthetic", ("Repeated pattern", "local time")),
        ("capacity_mw", "assumed", ("Real capacities are not public",)),
        ("reach_partial", "assumed", ("100 ms",)),
    ],
)
def test_cards_say_what_the_figures_cannot_show(
    world: Dataset, column: str, quality: str, words: tuple[str, ...]
) -> None:
    (card,) = (card for card in world.cards if card.column == column)
    assert card.quality == quality
    for word in words:
        assert word in card.note


def test_card_of_the_high_cooling_water_tells_the_truth(cooling: np.ndarray) -> None:
    yearly = cooling.mean(axis=1)
    assert (round(yearly.min(), 1), round(yearly.max(), 1)) == (2.3, 5.6)


def test_cooling_water_is_at_the_level_that_operators_report(world: Dataset) -> None:
    yearly = world.parts["water.onsite"].mean(axis=1)
    assert (round(yearly.min(), 2), round(yearly.max(), 2)) == (0.29, 0.69)


def test_towers_all_year_are_one_field_away(world: Dataset, cooling: np.ndarray) -> None:
    towers = with_onsite_water(Scenario(onsite_water=8), world)
    assert towers.intensity[0].tobytes() == (cooling + world.parts["water.offsite"]).tobytes()
    assert with_onsite_water(Scenario(), world) is world


def test_a_data_set_whose_water_is_one_figure_has_no_level_to_choose() -> None:
    paper = load_dataset("paper-2022")
    with pytest.raises(ScenarioError, match=r"does not part its water.*leave onsite_water at 1"):
        solve(Scenario(onsite_water=2, policy="cost"), paper)


def test_description_is_plain_json() -> None:
    about = json.loads((FOLDER / "dataset.json").read_text(encoding="utf-8"))
    assert about["id"] == "world-2023"
