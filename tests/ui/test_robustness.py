"""The Robustness page: what is asked, its parts, and the numbers inside the pictures."""

import time
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest

from equity_core import Scenario, robustness
from equity_core.robustness import matters
from equity_core.robustness.bands import band_of
from equity_core.robustness.ranges import Ranges
from ui.charts.robustness import bands, figures, regions
from ui.jobs import tasks
from ui.jobs.samples import Sample
from ui.maps.view import View, ranges_of, ranges_text, read_view, view_query
from ui.panels.robustness import shown
from ui.theme import DARK, LIGHT

RANGES = Ranges({"texas.water": 0.4}, draws=40, seed=5)


@pytest.fixture(scope="module")
def found(dataset):
    return robustness.examine(Scenario(), dataset, RANGES)


def leave(folder):
    return tasks.Leave(60.0, time.monotonic() + 60, folder / "7")


def test_parts_worked_on_in_any_order_are_what_the_command_line_draws(found, tmp_path):
    parts = list(Sample(Scenario(), RANGES).parts(site_hours=4570))
    assert [part[2] for part in parts[1:]] == [part[3] for part in parts[:-1]]
    assert parts[-1][3] == 41
    backwards = [tasks.draws(leave(tmp_path), *part) for part in parts[::-1]]
    records = list(chain.from_iterable(backwards[::-1]))
    told = [(x.best.objective, *x.best.worst, x.regret) for x in records]
    whole = [(x.best.objective, *x.best.worst, x.regret) for x in (found.expected, *found.draws)]
    assert told == whole


@pytest.mark.parametrize("site_hours", [1, 4570, 201_480])
@pytest.mark.parametrize("draws", [1, 2, 128, 10_000])
def test_the_first_part_shows_something_soon_and_every_record_is_in_one(draws, site_hours):
    parts = list(Sample(Scenario(), Ranges(draws=draws)).parts(site_hours))
    assert [n for *_, first, last in parts for n in range(first, last)] == list(range(1 + draws))
    assert parts[0][3] <= 2


def test_what_nobody_waits_for_is_stopped(tmp_path):
    (tmp_path / "7").touch()
    with pytest.raises(tasks.Stopped):
        tasks.draws(leave(tmp_path), Scenario(water_weight=61.0), RANGES, 0, 2)


def test_the_link_holds_what_is_drawn(dataset):
    view = View(ranges="price=0.3,texas.water=0.4", together="grid_area", draws="64", seed="7")
    assert read_view(view_query(view), dataset) == (view, [])
    ranges = ranges_of(view)
    assert ranges == Ranges({"price": 0.3, "texas.water": 0.4}, "grid_area", 64, 7)
    assert ranges_text(ranges.spreads) == view.ranges
    assert ranges_text({"price": 0.2, "water": 0.0}) == "water=0"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ranges", "price=nan"),
        ("ranges", "price=1e308"),
        ("ranges", "wind=0.1"),
        ("draws", "0"),
        ("draws", "9" * 400),
        ("seed", "-1"),
        ("together", "planet"),
    ],
)
def test_a_link_that_asks_for_the_absurd_is_told(name, text, dataset):
    view, problems = read_view({f"show_{name}": text}, dataset)
    assert view == View()
    assert len(problems) == 1
    assert "is used instead" in problems[0]


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_boxes_hold_the_percentiles(found, look):
    figure = figures.reach_figure(found, look)
    anew = next(trace for trace in figure["data"] if trace["name"] == figures.ANEW)
    water = anew["y"].index("Worst water")
    low, high = np.percentile(found.worst_changes(0), [5, 95])
    assert anew["lowerfence"][water] == pytest.approx(low, rel=1e-3)
    assert anew["upperfence"][water] == pytest.approx(high, rel=1e-3)
    cloud = bands.band_figure(found, 0, None, look)["data"]
    assert [len(trace["x"]) for trace in cloud] == [40, 40, 1]


def test_of_very_many_draws_the_first_have_a_point_and_the_page_says_so(found):
    many = replace(found, draws=found.draws * 250)
    for trace in bands.band_figure(many, 0, None, LIGHT)["data"][:2]:
        assert len(trace["x"]) == 1_024
    assert figures.points_told(len(many.solved)) == "A point for each of the first 1,024 draws."
    assert figures.points_told(len(found.solved)) == "A point for each draw."


def test_where_no_draw_has_a_plan_a_sentence_takes_the_place_of_empty_pictures(dataset):
    none = robustness.examine(Scenario(), dataset, Ranges({"demand": 0.5}, draws=1, seed=3))
    assert not none.solved
    assert "narrow the range of demand" in shown.no_pictures(none)
    alike = [replace(draw, trouble="limits") for draw in none.draws]
    assert "loosen the limits" in shown.no_pictures(replace(none, draws=tuple(alike)))


def test_counts_add_up_to_all_draws(found):
    for bars in figures.count_figure(found, LIGHT)["data"]:
        assert sum(bars["y"]) == pytest.approx(100)
    worse = found.worse_counts()
    anew = figures.count_figure(found, LIGHT)["data"][0]
    assert np.average(anew["x"], weights=anew["y"]) == pytest.approx(worse.mean())


def test_the_band_goes_through_the_scenario_and_widens_with_the_ranges(dataset, tmp_path):
    def banded(spread):
        ranges = Ranges({"price": spread, "water": spread, "carbon": spread}, draws=8)
        sample = Sample(Scenario(), ranges)
        curves = {
            scale: list(chain.from_iterable(tasks.draws(leave(tmp_path), *p) for p in one.parts(1)))
            for scale, one in {1.0: sample, **sample.beside(4570)}.items()
        }
        return band_of(curves, 0), curves[1.0][0]

    wide, stated = banded(0.2)
    assert np.abs(wide.worst - matters.changes(stated)[0]).min() < 1e-9
    assert (np.diff(wide.cost) >= 0).all()
    assert (np.diff(wide.worst) <= 1e-9).all()
    known = np.isfinite(wide.low) & np.isfinite(wide.high)
    assert known.sum() > 10
    assert (wide.low[known] <= wide.high[known]).all()
    within = np.interp(wide.levels[known][::-1], wide.worst[::-1], wide.cost[::-1])[::-1]
    assert np.mean((wide.low[known] <= within) & (within <= wide.high[known])) > 0.5
    exact, _ = banded(0.0)
    known = np.isfinite(exact.low)
    assert exact.low[known] == pytest.approx(exact.high[known])
    assert "nine of ten draws" in bands.band_words(wide)


def test_no_frontier_goes_through_a_plan_without_weights():
    assert Sample(Scenario(policy="cost"), RANGES).beside(1) == {}
    assert Sample(Scenario(water_weight=0.0, carbon_weight=0.0), RANGES).beside(1) == {}


def test_bars_say_how_often(found):
    bars = regions.often_figure(found, LIGHT)["data"][0]
    germany = bars["y"].index("germany")
    assert bars["x"][germany] == pytest.approx(100 * found.worse_share[germany], abs=0.05)


def test_the_tornado_has_its_widest_row_on_top(found):
    low, high = regions.tornado_figure(found, LIGHT)["data"]
    widths = np.abs(np.array(high["x"]) - np.array(low["x"]))
    assert (np.diff(widths) <= 1e-9).all()
