"""The bundled data set holds the figures of its source, joined by label and hour."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity_core.inputs.catalogue import bundled, load_dataset
from equity_core.inputs.dataset import Dataset

SITES = (
    "texas",
    "virginia",
    "georgia",
    "nevada",
    "germany",
    "belgium",
    "netherlands",
    "denmark",
    "japan",
    "singapore",
)


@pytest.fixture(scope="module")
def paper() -> Dataset:
    return load_dataset("paper-2022")


def at(dataset: Dataset, site: str, hour: str) -> tuple[int, int]:
    return dataset.site_ids.index(site), dataset.hours.get_loc(pd.Timestamp(hour, tz="UTC"))


def test_shape(paper: Dataset) -> None:
    assert paper.site_ids == paper.gateways == SITES
    assert [str(paper.hours[0]), str(paper.hours[-1])] == [
        "2022-09-22 00:00:00+00:00",
        "2022-10-11 00:00:00+00:00",
    ]
    assert paper.price.shape == paper.demand.shape == (10, 457)
    assert paper.intensity.shape == (2, 10, 457)
    assert paper.home.tolist() == list(range(10))
    assert [f.column for f in paper.footprints] == ["water_m3", "carbon_t"]


@pytest.mark.parametrize(
    ("site", "hour", "price", "water", "carbon"),
    [
        ("texas", "2022-09-22 00:00", 38.35, 6.1005168, 0.449473776),
        ("texas", "2022-09-22 03:00", 38.35, 6.06877631, 0.454253467),
        ("singapore", "2022-10-11 00:00", 188.314838, 7.29357249, 0.544723468),
    ],
)
def test_hourly_figures(
    paper: Dataset, site: str, hour: str, price: float, water: float, carbon: float
) -> None:
    i, t = at(paper, site, hour)
    assert paper.price[i, t] == price
    assert paper.intensity[:, i, t].tolist() == [water, carbon]


def test_negative_prices_are_kept(paper: Dataset) -> None:
    negative = (paper.price < 0).sum(axis=1)
    counts = {site: int(n) for site, n in zip(SITES, negative, strict=True) if n}
    assert counts == {"belgium": 4, "netherlands": 1}


def test_demand_and_capacity(paper: Dataset) -> None:
    j, t = at(paper, "japan", "2022-09-22 01:00")
    assert paper.demand[j, t] == 0.835056622
    assert paper.demand.max() == 1.0
    assert paper.sites["capacity_mw"].tolist() == [1.0] * 10


def test_reach_and_latency(paper: Dataset) -> None:
    texas, japan, germany = (SITES.index(site) for site in ("texas", "japan", "germany"))
    assert paper.partial_reach.sum() == 56
    assert paper.partial_reach[:, texas].tolist() == [True] * 4 + [False] * 6
    assert not paper.partial_reach[germany, japan]
    assert paper.latency_ms[SITES.index("georgia"), texas] == 31.9
    assert paper.latency_basis[SITES.index("virginia"), texas] == "measured"


def test_every_figure_has_a_card(paper: Dataset) -> None:
    carded = {card.column: card.quality for card in paper.cards}
    assert carded["carbon_t_per_mwh"] == "synthetic"
    assert carded["capacity_mw"] == "assumed"
    assert set(paper.sites.columns) - set(carded) == {"name", "country", "subdivision"}


def test_arrays_are_frozen(paper: Dataset) -> None:
    for array in (
        paper.price,
        paper.intensity,
        paper.demand,
        paper.home,
        paper.partial_reach,
        paper.latency_ms,
        paper.latency_basis,
    ):
        assert array.flags.c_contiguous
        with pytest.raises(ValueError, match="read-only"):
            array[...] = array


def test_row_order_does_not_matter(paper: Dataset, tmp_path: Path) -> None:
    folder = shutil.copytree(bundled()["paper-2022"], tmp_path / "shuffled")
    for seed, name in enumerate(("hourly", "demand", "reach_partial", "latency")):
        rows = pd.read_csv(folder / f"{name}.csv", dtype=str)
        rows.sample(frac=1, random_state=seed).to_csv(folder / f"{name}.csv", index=False)
    shuffled = load_dataset(folder)
    for name in ("price", "intensity", "demand", "partial_reach", "latency_ms", "latency_basis"):
        np.testing.assert_array_equal(getattr(shuffled, name), getattr(paper, name))
    assert shuffled.hours.equals(paper.hours)
    assert shuffled.version != paper.version


def test_site_order_carries_every_array_with_it(paper: Dataset, tmp_path: Path) -> None:
    folder = shutil.copytree(bundled()["paper-2022"], tmp_path / "reversed")
    rows = pd.read_csv(folder / "sites.csv", dtype=str, keep_default_na=False)
    rows[::-1].to_csv(folder / "sites.csv", index=False)
    backwards = load_dataset(str(folder))
    assert backwards.site_ids == backwards.gateways == SITES[::-1]
    np.testing.assert_array_equal(backwards.price, paper.price[::-1])
    np.testing.assert_array_equal(backwards.intensity, paper.intensity[:, ::-1])
    np.testing.assert_array_equal(backwards.partial_reach, paper.partial_reach[::-1, ::-1])


def test_a_site_may_have_no_gateway(tmp_path: Path) -> None:
    folder = shutil.copytree(bundled()["paper-2022"], tmp_path / "fewer")
    for name in ("demand", "latency"):
        rows = pd.read_csv(folder / f"{name}.csv", dtype=str)
        rows[rows["gateway"] != "texas"].to_csv(folder / f"{name}.csv", index=False)
    reach = pd.read_csv(folder / "reach_partial.csv", dtype=str)
    reach.drop(columns="texas").to_csv(folder / "reach_partial.csv", index=False)
    fewer = load_dataset(folder)
    assert fewer.gateways == SITES[1:]
    assert fewer.home.tolist() == list(range(1, 10))


def test_version_follows_content(paper: Dataset, tmp_path: Path) -> None:
    folder = shutil.copytree(bundled()["paper-2022"], tmp_path / "copy")
    assert load_dataset(folder).version == paper.version
    text = (folder / "sites.csv").read_text()
    (folder / "sites.csv").write_text(text.replace("Texas", "Lone Star"))
    assert load_dataset(folder).version != paper.version
