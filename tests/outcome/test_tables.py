import pandas as pd
import pytest

from equity_core.errors import EquityError
from equity_core.outcome.quantities import find_quantity
from equity_core.outcome.tables import frontier_labels, frontier_table, regions_table


def test_regions_keep_their_order_and_full_precision(comparison, dataset):
    table = regions_table(comparison)
    assert list(table.index) == list(dataset.site_ids)
    assert list(table["Region"]) == list(dataset.sites["name"])
    for heading, column in {
        "Water, baseline (m³)": "water_m3_before",
        "Carbon, this plan (t)": "carbon_t_after",
        "Electricity cost, change (USD)": "cost_usd_change",
        "Energy, change (%)": "energy_mwh_change_pct",
        "Worse off": "worse",
    }.items():
        pd.testing.assert_series_equal(table[heading], comparison.table[column], check_names=False)


def test_every_heading_but_names_carries_a_unit(comparison):
    headings = [name for name in regions_table(comparison) if name not in ("Region", "Worse off")]
    assert len(headings) == 16
    assert all(heading.endswith(("(m³)", "(t)", "(USD)", "(MWh)", "(%)")) for heading in headings)


def test_every_column_of_the_frontier_has_its_own_heading(curve, dataset):
    labels = frontier_labels(dataset.footprints)
    assert set(curve.columns) <= set(labels)
    assert len(set(labels.values())) == len(labels)
    table = frontier_table(curve, dataset.footprints)
    assert len(table.columns) == len(curve.columns)
    assert list(table["Water, worst region (m³)"]) == list(curve["worst_water_m3"])


def test_an_unknown_quantity_is_refused_with_the_nearest_name(dataset):
    with pytest.raises(EquityError, match=r"'watter_m3'\. Did you mean water_m3\?"):
        find_quantity(dataset.footprints, "watter_m3")
    with pytest.raises(EquityError, match="Choose one of water_m3, carbon_t, cost_usd"):
        find_quantity(dataset.footprints, "?")
