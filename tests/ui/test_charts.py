"""Figures, bars and frontier hold the solver's numbers."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from equity_core.text.numbers import number, rounded_change
from equity_core.text.quantities import find_quantity
from ui.charts import bars, region_table
from ui.charts.before_after import slopes_figure


@pytest.fixture
def water(comparison):
    return find_quantity(comparison.after.footprints, "water_m3")


def test_key_figures_are_the_reference_ones(comparison, dataset):
    figures = {figure.key: figure for figure in bars.key_figures(comparison, dataset)}
    assert list(figures) == ["cost", "worst_water", "worst_carbon", "worse"]
    assert figures["cost"].value == "$337,000"
    assert figures["cost"].change == "+15%"
    assert figures["worst_water"].value == "1,820 m³"
    assert figures["worst_carbon"].change == rounded_change(comparison.worst_change_pct("carbon_t"))
    assert figures["worse"].value == "5 of 10"
    assert figures["worse"].note == "Germany, Belgium and 3 others"
    assert "Germany, Belgium, Netherlands, Denmark and Japan" in figures["worse"].hint


def test_bars_are_sorted_by_change_and_complete(comparison, water):
    rows = bars.bars(comparison, water)
    changes = [row.change for row in rows]
    assert changes == sorted(changes, reverse=True)
    assert {row.site for row in rows} == set(comparison.table.index)
    assert sum(row.after for row in rows) == pytest.approx(comparison.after.total("water_m3"))
    for row in rows:
        assert row.change == pytest.approx(row.after - row.before)


def test_bar_lengths_share_one_scale(comparison, water):
    rows = bars.bars(comparison, water)
    html = bars.bars_html(rows, water, "cheapest plan", "summary")
    drawn = [float(width) for width in re.findall(r"width:([\d.]+)%", html)]
    amounts = [value for row in rows for value in (row.before, row.after)]
    longest = max(amounts)
    assert drawn == pytest.approx(
        [100 * bars.LONGEST * value / longest for value in amounts], abs=0.006
    )


@pytest.mark.parametrize("told", [bars.CHANGES, bars.times_the_mean(2.0), None])
def test_bars_stand_in_the_order_of_what_is_told_beside_them(comparison, water, told):
    rows = bars.bars(comparison, water)
    told = told or bars.shares(rows)
    figures = [told.figure(row) for row in bars.ordered(rows, told)]
    assert figures == sorted(figures, reverse=True)
    html = bars.bars_html(bars.ordered(rows, told), water, "", "", told)
    shown = re.findall(r'<td class="ee-right" data-value="([^"]+)"', html)
    assert [float(value) for value in shown] == pytest.approx(figures)


def test_shares_add_up_to_all(comparison, water):
    rows = bars.bars(comparison, water)
    told = bars.shares(rows)
    shares = [float(told.words(row, water)[0].rstrip("%")) for row in rows]
    assert sum(shares) == pytest.approx(100, abs=0.5 * len(rows))


def test_each_household_carries_its_part_and_regions_without_any_are_left_out(comparison, water):
    rows = bars.bars(comparison, water)
    first, *others = rows
    households = {row.site: 4.0 for row in others} | {first.site: 0.0}
    each = bars.per_household(rows, households)
    assert [row.site for row in each] == [row.site for row in others]
    assert [4 * row.after for row in each] == pytest.approx([row.after for row in others])
    assert [row.percent for row in each] == [row.percent for row in others]
    assert bars.of_each_household(water).unit == "m³ a household"


def test_totals_stand_in_one_strip(comparison):
    html = bars.totals_html(comparison)
    assert "water <b>14,300 m³</b> (−6.1%)" in html
    assert re.search(r'title="−6\.05\d+%">water', html), "all its digits at the pointer"
    assert "carbon <b>1,050 t</b> (−3.5%)" in html


def test_slopes_lead_from_before_to_after_and_their_names_keep_apart(comparison, water):
    rows = bars.bars(comparison, water)
    drawn = slopes_figure(rows, water, "cheapest plan")["data"]
    ends = {(*trace["y"],) for trace in drawn}
    assert ends == {(row.before, row.after) for row in rows}
    assert sum(trace["showlegend"] for trace in drawn) == 2
    named = sorted(trace["y"][1] for trace in drawn if trace["text"][1])
    values = [value for row in rows for value in (row.before, row.after)]
    least = 0.05 * (max(values) - min(values))
    assert all(b - a >= least for a, b in pairwise(named))
    assert len(named) > 2


def test_the_table_rounds_what_it_shows_and_keeps_all_digits_at_the_pointer(comparison):
    html = region_table.table_html(comparison)
    assert "Water, thousand m³" in html
    water = comparison.by_column["water_m3_after"]
    for value in water.tolist():
        assert f'title="{region_table.full(value, "")} m³">{number(value / 1000)}</td>' in html


def test_negative_costs_start_left_of_zero(water):
    rows = (
        bars.Bar("a", "A", -50.0, 50.0, 100.0, 200.0),
        bars.Bar("b", "B", 0.0, 0.0, 0.0, 0.0),
    )
    html = bars.bars_html(rows, water, "baseline", "")
    assert f"margin-left:0.00%;width:{50 * bars.LONGEST:.2f}%" in html
    assert f"margin-left:50.00%;width:{50 * bars.LONGEST:.2f}%" in html


def test_names_are_escaped(water):
    html = bars.bars_html((bars.Bar("x", "<script>", 1.0, 2.0, 1.0, 100.0),), water, "<b>", "<i>")
    assert "<script>" not in html
    assert "<b>" not in html


def test_losers_are_marked_by_more_than_colour(comparison, water):
    html = bars.bars_html(bars.bars(comparison, water), water, "", "")
    assert html.count("▲") == 5
    assert html.count("▼") == 5
