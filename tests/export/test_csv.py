"""Tables as CSV: origin on every row, nothing a spreadsheet would run."""

from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest

from equity_core.export.csv import ROWS_A_BLOCK, csv_blocks, neutralised
from equity_core.export.tables import (
    comparison_export,
    frontier_export,
    hours_export,
    regions_export,
)


def read(table, **options):
    return pd.read_csv(BytesIO(b"".join(csv_blocks(table))), **options)


def renamed(comparison, name):
    """The same comparison with Texas called otherwise."""
    names = comparison.after.site_names | {"texas": name}
    return replace(comparison.after, site_names=names).compare(comparison.before)


def test_the_regions_come_back_from_csv_to_the_last_digit(comparison):
    again = read(regions_export(comparison), index_col="site")
    pd.testing.assert_frame_equal(again[comparison.table.columns], comparison.table, rtol=0, atol=0)
    assert list(again["name"]) == list(comparison.after.site_names.values())


def test_plain_read_csv_understands_every_column(comparison):
    again = read(regions_export(comparison))
    numeric = [column for column in again if column.endswith(("_before", "_after", "_change"))]
    assert len(numeric) == 12
    assert all(again[column].dtype == float for column in numeric)
    assert again["worse"].dtype == bool
    assert set(again["data_version"]) == {comparison.after.data_version}


def test_every_row_carries_its_origin(comparison, curve):
    after = comparison.after
    tables = [regions_export(comparison), comparison_export(comparison), hours_export(comparison)]
    for table in [*tables, frontier_export(curve, after)]:
        again = read(table, dtype=str)
        assert set(again["fingerprint"]) == {after.fingerprint}
        assert set(again["scenario"]) == {"v=2"}
        assert again["product_version"].notna().all()
    assert set(read(tables[0])["baseline_fingerprint"]) == {comparison.before.fingerprint}


def test_the_frontier_comes_back_from_csv_to_the_last_digit_but_for_its_gap(curve, outcomes):
    again, wanted = read(frontier_export(curve, outcomes["equity"])), curve.reset_index(drop=True)
    figures = [name for name in curve if name != "gap"]
    pd.testing.assert_frame_equal(again[figures], wanted[figures], rtol=0, atol=0)
    assert (again["gap"] >= wanted["gap"]).all()
    assert set(again["gap"]) <= {1e-9, 1e-8, 1e-7, 1e-6, 1e-5}


def test_the_hours_come_back_as_the_dispatch(comparison):
    outcome = comparison.after
    again = read(hours_export(comparison), parse_dates=["hour"])
    wide = again.pivot_table(index="site", columns="hour", values="load_mw", sort=False)
    assert (wide.to_numpy() == outcome.dispatch).all()
    assert list(wide.index) == list(outcome.burdens.index)
    assert list(wide.columns) == list(outcome.hours)
    assert again["load_mw"].sum() == pytest.approx(outcome.total("energy_mwh"), rel=1e-12)


def test_a_long_table_comes_in_blocks_with_one_header(comparison):
    table = hours_export(comparison)
    long = replace(table, frame=pd.concat([table.frame] * 10, ignore_index=True))
    blocks = list(csv_blocks(long))
    assert len(blocks) == -(-len(long.frame) // ROWS_A_BLOCK) > 1
    assert len(pd.read_csv(BytesIO(b"".join(blocks)))) == len(long.frame)


def test_an_empty_table_is_its_header(curve, outcomes):
    table = frontier_export(curve.head(0), outcomes["equity"])
    assert b"".join(csv_blocks(table)).decode().count("\n") == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n="])
def test_text_that_a_spreadsheet_would_run_is_neutralised(comparison, start):
    again = read(regions_export(renamed(comparison, f"{start}HYPERLINK(1)")), index_col="site")
    assert again.loc["texas", "name"].startswith("'")


def test_line_breaks_in_a_name_do_not_break_the_row(comparison):
    again = read(regions_export(renamed(comparison, "Te\rx\nas")), index_col="site")
    assert again.loc["texas", "name"] == "Te x as"


def test_negative_numbers_are_left_alone(comparison):
    again = read(regions_export(comparison))
    assert again["water_m3_change"].min() < 0
    assert neutralised(-1.5) == -1.5
    assert neutralised("Texas") == "Texas"
