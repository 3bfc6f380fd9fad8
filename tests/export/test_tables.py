"""What tables hold: every column with type, unit and words."""

import numpy as np
import pytest

from equity_core import Scenario, solve
from equity_core.export.tables import (
    comparison_export,
    frontier_export,
    hours_by_site_export,
    hours_export,
    regions_export,
)


@pytest.fixture(scope="module")
def tables(comparison, curve):
    after = comparison.after
    return {
        "regions": regions_export(comparison),
        "comparison": comparison_export(comparison),
        "hours": hours_export(comparison),
        "sheet": hours_by_site_export(after),
        "frontier": frontier_export(curve, after),
    }


def test_columns_describe_the_frame_in_order(tables):
    for table in tables.values():
        assert [column.name for column in table.columns] == list(table.frame.columns)
        assert len({column.title for column in table.columns}) == len(table.columns)
        assert not table.frame.duplicated(list(table.key)).any()


@pytest.mark.parametrize(
    ("table", "column", "kind", "unit"),
    [
        ("regions", "water_m3_after", "number", "m3"),
        ("regions", "carbon_t_change", "number", "t"),
        ("regions", "cost_usd_change_pct", "number", "%"),
        ("regions", "energy_mwh_before", "number", "MWh"),
        ("regions", "worse", "boolean", ""),
        ("regions", "name", "string", ""),
        ("hours", "load_mw", "number", "MW"),
        ("hours", "load_mw_before", "number", "MW"),
        ("hours", "hour", "datetime", ""),
        ("sheet", "texas", "number", "MW"),
        ("frontier", "carbon_weight", "number", "USD/t"),
        ("frontier", "worst_water_m3", "number", "m3"),
        ("frontier", "par_carbon", "number", "ratio"),
        ("frontier", "objective", "number", "USD"),
        ("frontier", "knee", "boolean", ""),
    ],
)
def test_every_column_has_its_type_and_unit(tables, table, column, kind, unit):
    found = {item.name: item for item in tables[table].columns}[column]
    assert (found.type, found.unit) == (kind, unit)


def test_no_number_is_without_a_unit(tables):
    mixed = tables.pop("comparison")
    for table in tables.values():
        assert [c.name for c in table.columns if c.type == "number" and not c.unit] == []
    assert mixed.frame["unit"].ne("").all()


def test_the_comparison_tells_what_the_outcomes_say(comparison):
    rows = comparison_export(comparison).frame.set_index("measure")
    before, after = comparison.before, comparison.after
    cost = rows.loc["Electricity cost, all regions"]
    told = pytest.approx([before.cost_usd, after.cost_usd], rel=1e-10)
    assert [cost["before"], cost["after"]] == told
    assert cost["change_pct"] == pytest.approx(comparison.cost_change_pct)
    worst = rows.loc["Water, worst region"]
    assert worst["after"] == after.worst("water_m3")
    assert worst["region_before"] == before.site_names[before.worst_site("water_m3")]
    par = pytest.approx(after.par("carbon_t"), rel=1e-10)
    assert rows.loc["Carbon, peak to average", "after"] == par
    assert rows.loc["Regions worse off", "after"] == comparison.regions_worse


def test_gini_and_jain_stand_last_and_are_the_plans(comparison):
    table = comparison_export(comparison).frame.set_index("measure")
    names = [f"{label}, {measure}" for label in ("Water", "Carbon") for measure in ("Gini", "Jain")]
    assert list(table.index[-4:]) == names
    for label, column in (("Water", "water_m3"), ("Carbon", "carbon_t")):
        for part, plan in (("before", comparison.before), ("after", comparison.after)):
            burdens = plan.burdens[column].to_numpy()
            apart = np.abs(burdens[:, None] - burdens).sum() / (2 * 10 * burdens.sum())
            variation = burdens.std() / burdens.mean()
            assert table.loc[f"{label}, Gini", part] == pytest.approx(apart)
            assert table.loc[f"{label}, Jain", part] == pytest.approx(1 / (1 + variation**2))


def test_hours_hold_the_baseline_beside_the_plan(comparison, dataset):
    rows = hours_export(comparison).frame.set_index(["site", "hour"])
    assert list(rows) == ["load_mw", "load_mw_before"]
    for column, plan in (("load_mw", comparison.after), ("load_mw_before", comparison.before)):
        served = rows[column].unstack().loc[list(dataset.site_ids)].to_numpy()
        np.testing.assert_array_equal(served, plan.dispatch)


def test_a_site_that_the_baseline_lacks_has_no_hours_there(dataset, outcomes):
    more = Scenario(new_site_like="texas", new_site_mw=1.0)
    added = solve(more, dataset).compare(outcomes["cost"])
    rows = hours_export(added).frame.groupby("site")["load_mw_before"].count()
    assert rows["new-site"] == 0
    assert rows["texas"] == len(dataset.hours)
