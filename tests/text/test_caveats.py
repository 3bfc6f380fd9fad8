"""Whose figures these are, and how good they are, stands on whatever leaves alone."""

import re

import pytest

from equity_core import Scenario, SiteFactors, solve
from equity_core.figures.frontier import frontier_picture, frontier_svg
from equity_core.figures.map import map_picture
from equity_core.figures.region_map import region_map_svg
from equity_core.text.caveats import NO_CLAIM, fleet_words, long_caveats, short_caveat
from equity_core.text.quantities import find_quantity


def drawn_words(svg: bytes) -> str:
    """Text is drawn as outlines, each line preceded by a comment that holds it."""
    return " ".join(text.strip() for text in re.findall(r"<!--(.*?)-->", svg.decode(), re.DOTALL))


def drawings(comparison, dataset, curve):
    water = find_quantity(comparison.after.footprints, "water_m3")
    return {
        "map": map_picture(comparison, dataset, "water_m3", "change", "svg"),
        "region map": region_map_svg(comparison, dataset, water),
        "frontier": frontier_picture(curve, comparison, dataset, "svg"),
        "frontier of a briefing": frontier_svg(curve, comparison, dataset),
    }


def test_every_drawing_carries_the_whole_caveat(comparison, dataset, curve):
    caveat = short_caveat(comparison.after, dataset)
    for name, svg in drawings(comparison, dataset, curve).items():
        assert caveat in drawn_words(svg), name


def test_the_caveat_names_fleet_claim_and_the_quality_of_each_kind(comparison, dataset):
    caveat = short_caveat(comparison.after, dataset)
    assert caveat.startswith(f"Simulated fleet of 10.0 MW capacity; {NO_CLAIM}. ")
    by_column = {card.column: card.quality for card in dataset.cards}
    for kind, column in (
        ("price", "price_usd_per_mwh"),
        ("water", "water_m3_per_mwh"),
        ("carbon", "carbon_t_per_mwh"),
        ("demand", "demand_mw"),
    ):
        assert f"{kind} {by_column[column]}" in caveat
    assert long_caveats(comparison.after, dataset) == (caveat, *dataset.weaknesses)


@pytest.mark.parametrize(
    ("changes", "megawatts"),
    [
        ({}, 10.0),
        ({"capacity_growth": 0.5}, 15.0),
        ({"new_site_like": "denmark", "new_site_mw": 2.5}, 12.5),
        ({"factors": {"texas": SiteFactors(capacity=1.3)}}, 10.3),
    ],
)
def test_the_fleet_is_that_of_the_scenario(changes, megawatts, dataset):
    outcome = solve(Scenario(policy="cost", **changes), dataset)
    assert outcome.fleet_mw == pytest.approx(megawatts)
    assert fleet_words(outcome) == f"simulated fleet of {megawatts:.1f} MW capacity"
