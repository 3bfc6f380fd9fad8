"""The Data page says of every figure of every region how good it is, and shows both sides of a
conflict."""

import dataclasses
import math
import re

import numpy as np
import pytest

from equity_core import load_dataset
from equity_core.inputs.catalogue import bundled
from equity_core.inputs.dataset import Dataset
from ui.charts.site_figures import conflicts_html, known_of, qualities_html, region_html

PAIRS = ("reach_partial", "rtt_ms")


@pytest.fixture(scope="module")
def states() -> Dataset:
    return load_dataset("us-2023")


@pytest.mark.parametrize("name", bundled())
def test_every_figure_of_every_region_is_told(name: str) -> None:
    dataset = load_dataset(name)
    columns = [card.column for card in dataset.cards if card.column not in PAIRS]
    for site in dataset.site_ids:
        told = known_of(dataset, site)
        assert [known.card.column for known in told] == columns
        assert all((known.quality == "") == math.isnan(known.value) for known in told)
    assert qualities_html(dataset).count("<td") == len(columns) * len(dataset.site_ids)


def test_figures_are_the_means_of_the_data_set(states: Dataset) -> None:
    row = states.site_ids.index("ohio")
    told = {known.card.column: known.value for known in known_of(states, "ohio")}
    assert told["price_usd_per_mwh"] == pytest.approx(states.price[row].mean())
    assert told["demand_mw"] == pytest.approx(states.demand[row].mean())
    water = told["water_m3_per_mwh_onsite"] + told["water_m3_per_mwh_offsite"]
    assert water == pytest.approx(states.intensity[0, row].mean())
    assert told["hyperscale_mwh"] == 8_835_511


def test_a_note_takes_the_place_of_the_card_s_quality(states: Dataset) -> None:
    told = {known.card.column: known for known in known_of(states, "tennessee")}
    assert told["water_stress_pct"].quality == "assumed"
    assert "AWARE 2.0 of the country" in told["water_stress_pct"].note
    assert told["operator_wue_m3_per_mwh"].quality == ""
    assert "not known" in region_html(states, "tennessee")


def test_both_sides_of_a_conflict_stand_side_by_side_with_their_sources(states: Dataset) -> None:
    ohio = next(r for r in conflicts_html(states).split("<tr>") if "Ohio" in r and "MWh" in r)
    figures = re.findall(r"<td>([\d,]+)<span class=\"ee-note\">([^<]+)", ohio)
    assert [figure for figure, _ in figures] == ["2,360,000", "8,840,000"]
    assert "EPRI" in figures[0][1]
    assert "Hyperscale" in figures[1][1]


def test_a_site_without_a_gateway_has_no_demand(states: Dataset) -> None:
    alone = dataclasses.replace(
        states, gateways=states.gateways[1:], home=states.home[1:], demand=states.demand[1:]
    )
    told = {known.card.column: known.value for known in known_of(alone, "virginia")}
    assert told["demand_mw"] == 0.0
    assert np.isfinite(told["price_usd_per_mwh"])
