"""The frontier's picture holds the frame's numbers, at their places."""

from __future__ import annotations

import re

import pytest

from equity_core.text.headings import records
from equity_core.text.numbers import amount
from ui.charts import frontier as curve
from ui.panels import frontier


@pytest.fixture(scope="module")
def curves(frame, comparison):
    return curve.series_of(records(frame), comparison)


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((3.0, 57.0), (0, 60)),
        ((-41.9, -3.0), (-50, 0)),
        ((0.0, 0.0), (0, 1)),
        ((-7, 13), (-10, 15)),
    ],
)
def test_an_axis_holds_zero_and_all_values_at_round_ticks(values, ends):
    ticks = curve.axis(values).ticks
    assert (ticks[0], ticks[-1]) == pytest.approx(ends)
    assert 0 in ticks
    assert 2 <= len(ticks) <= 12


def test_an_axis_places_its_ends_at_0_and_100():
    across = curve.axis((0.0, 57.0))
    assert (across.place(0), across.place(60), across.place(15)) == pytest.approx((0, 100, 25))


def test_points_are_changes_against_the_baseline(curves, frame, comparison):
    water, carbon = curves
    cost, worst = comparison.before.cost_usd, comparison.before.worst("carbon_t")
    assert [x for x, _ in water.points] == pytest.approx(list(100 * (frame["cost_usd"] / cost - 1)))
    assert [y for _, y in carbon.points] == pytest.approx(
        list(100 * (frame["worst_carbon_t"] / worst - 1))
    )
    assert water.here == pytest.approx(
        (comparison.cost_change_pct, comparison.worst_change_pct("water_m3"))
    )
    assert water.knee == int(frame["knee"].to_numpy().argmax())


def test_every_point_is_drawn_with_its_row_and_its_words(curves, frame):
    html = curve.curve_html(curves, "summary", stale=False)
    assert [int(row) for row in re.findall(r'data-row="(\d+)"', html)] == [*range(len(frame))] * 2
    assert amount(float(frame["worst_water_m3"].iloc[0]), "m3") in html
    assert 'aria-label="summary"' in html


def test_a_dot_stands_where_its_point_lies(curves):
    html = curve.curve_html(curves, "", stale=False)
    across = curve.axis([x for one in curves for x, _ in (*one.points, one.here)])
    drawn = re.findall(r'class="ee-dot[^>]*left:([\d.]+)%', html)[: len(curves[0].points)]
    wanted = [across.place(x) for x, _ in curves[0].points]
    assert [float(left) for left in drawn] == pytest.approx(wanted, abs=0.006)


def test_a_stale_frontier_is_marked(curves):
    assert "ee-stale" in curve.curve_html(curves, "", stale=True)
    assert "ee-stale" not in curve.curve_html(curves, "", stale=False)


def test_text_is_escaped(curves):
    html = curve.curve_html(curves, '"><script>', stale=False)
    assert "<script>" not in html


def test_a_baseline_of_nothing_has_no_curve():
    assert "no change in %" in curve.curve_html((), "", stale=False)


def test_a_point_is_named_by_its_weights(frame, comparison):
    label = frontier.plan_label(records(frame)[-1], comparison)
    assert "weights 3,000 USD/m³ and 75,000 USD/t" in label
    assert label.startswith("Cost +")
