"""Figures, bars and frontier hold the solver's numbers."""

from __future__ import annotations

import re

import pytest

from equity_core.text.numbers import percent_change
from equity_core.text.quantities import find_quantity
from ui.charts import bars


@pytest.fixture
def water(comparison):
    return find_quantity(comparison.after.footprints, "water_m3")


def test_key_figures_are_the_reference_ones(comparison):
    figures = {figure.key: figure for figure in bars.key_figures(comparison)}
    assert list(figures) == ["cost", "worst_water", "worst_carbon", "worse"]
    assert figures["cost"].value == "$337,000"
    assert figures["cost"].change == "+15.4%"
    assert figures["worst_water"].value == "1,820 m³"
    assert figures["worst_carbon"].change == percent_change(comparison.worst_change_pct("carbon_t"))
    assert figures["worse"].value == "5 of 10"
    assert figures["worse"].note == "Germany, Belgium, Netherlands, Denmark, Japan"


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
    assert drawn == pytest.approx([80 * value / longest for value in amounts], abs=0.006)


def test_negative_costs_start_left_of_zero(water):
    rows = (
        bars.Bar("a", "A", -50.0, 50.0, 100.0, 200.0),
        bars.Bar("b", "B", 0.0, 0.0, 0.0, 0.0),
    )
    html = bars.bars_html(rows, water, "baseline", "")
    assert "margin-left:0.00%;width:40.00%" in html
    assert "margin-left:50.00%;width:40.00%" in html


def test_names_are_escaped(water):
    html = bars.bars_html((bars.Bar("x", "<script>", 1.0, 2.0, 1.0, 100.0),), water, "<b>", "<i>")
    assert "<script>" not in html
    assert "<b>" not in html


def test_losers_are_marked_by_more_than_colour(comparison, water):
    html = bars.bars_html(bars.bars(comparison, water), water, "", "")
    assert html.count("▲") == 5
    assert html.count("▼") == 5
