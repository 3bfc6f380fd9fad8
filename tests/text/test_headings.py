"""Headings of columns: words and unit, told once."""

import pytest

from equity_core.errors import EquityError
from equity_core.text.headings import frontier_labels, heading
from equity_core.text.quantities import find_quantity, quantities


def test_every_heading_carries_a_unit(dataset):
    parts = ("before", "after", "change", "change_pct")
    headings = [heading(item, part) for item in quantities(dataset.footprints) for part in parts]
    assert len(set(headings)) == len(headings) == 16
    assert all(words.endswith(("(m³)", "(t)", "(USD)", "(MWh)", "(%)")) for words in headings)
    water = find_quantity(dataset.footprints, "water_m3")
    assert heading(water, "before") == "Water, baseline (m³)"
    assert heading(water, "change_pct") == "Water, change (%)"


def test_every_column_of_the_frontier_has_its_own_heading(curve, dataset):
    labels = frontier_labels(dataset.footprints)
    assert set(curve.columns) <= set(labels)
    assert len(set(labels.values())) == len(labels)
    assert labels["worst_water_m3"] == "Water, worst region (m³)"


def test_an_unknown_quantity_is_refused_with_the_nearest_name(dataset):
    with pytest.raises(EquityError, match=r"'watter_m3'\. Did you mean water_m3\?"):
        find_quantity(dataset.footprints, "watter_m3")
    with pytest.raises(EquityError, match="Choose one of water_m3, carbon_t, cost_usd"):
        find_quantity(dataset.footprints, "?")
