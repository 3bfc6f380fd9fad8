"""What the page hands to the browser for previews, and in which order it is computed."""

from __future__ import annotations

import json
import re
from concurrent.futures import Future
from html import unescape

import numpy as np
import pytest
from pytest import approx

from equity_core import Pool, Scenario, load_dataset, solve
from equity_core.preview.factors import packed_courses, solve_course
from equity_core.preview.nodes import Node, gathered, grid_of
from ui.charts.preview import courses_html, key_of, nodes_html, plan_html
from ui.jobs import preview_orders, tasks
from ui.jobs.requests import Desk
from ui.jobs.workers.pool import Workers
from ui.jobs.workers.spread import Spread
from ui.theme import LIGHT

DATA = load_dataset("paper-2022")


def compared(scenario):
    return solve(scenario, DATA).compare(solve(scenario.baseline_scenario(), DATA))


def hidden(html, name):
    return json.loads(unescape(re.search(f'{name}="([^"]*)"', html)[1]))


def test_the_plan_is_told_with_all_that_a_preview_is_drawn_against():
    comparison = compared(Scenario())
    told = hidden(plan_html(comparison, DATA, "carbon_t", "change", "total", "texas"), "data-plan")
    assert told["weights"] == [60, 1500] and told["than"] == "under the cheapest plan"
    assert told["sites"] == list(DATA.site_ids)
    assert told["along"].endswith(" texas") and told["factors"] == [1, 1, 1, 1, 1]
    after = np.array(told["after"])
    assert after[told["column"]] == approx(comparison.after.by_column["carbon_t"], rel=1e-6)
    assert np.array(told["before"])[1].sum() == approx(comparison.before.cost_usd, rel=1e-6)


def test_nodes_and_plan_belong_together_whatever_the_weights():
    plans = [
        compared(Scenario(**fields)).after
        for fields in ({}, {"water_weight": 3.0, "baseline": "nearest"}, {"reach": "partial"})
    ]
    keys = [key_of(plan) for plan in plans]
    assert keys[0] == keys[1] != keys[2]
    told = hidden(nodes_html("{}", keys[0], [[0, 1], [0, 10]], LIGHT), "data-beside")
    assert told["key"] == keys[0] and len(told["shades"]["change"]) > 50


def test_nothing_is_told_where_there_is_no_preview():
    comparison = compared(Scenario(policy="cost_and_carbon"))
    assert not plan_html(comparison, DATA, "water_m3", "change", "total", "")


def test_courses_and_plan_belong_together_whatever_the_region_multiplies():
    course = solve_course(Scenario(), DATA, "texas", "water", Pool())
    courses, told = json.dumps(packed_courses([course])), []
    for factors in ({}, {"texas": {"water": 1.5}}, {"japan": {"water": 1.5}}):
        plan = compared(Scenario(factors=factors)).after
        told.append(hidden(courses_html(courses, plan, "texas", LIGHT), "data-beside"))
    assert told[0]["key"] == told[1]["key"] != told[2]["key"]
    assert [each["at"][1] for each in told] == [1, 1.5, 1]


@pytest.mark.slow
def test_a_question_asked_meanwhile_waits_for_a_slice_at_most():
    workers = Workers(1, 60.0)
    scenario = Scenario()
    slices = preview_orders._slices(scenario)
    assert sum(len(places) for _, places in slices) == len(grid_of(DATA).path)
    try:
        worker = workers.worker_for(scenario.dataset)
        worker.ask(tasks.plan, scenario).future.result(60)
        desk: Desk[Scenario, list[list[Node]]] = Desk(
            lambda asked, _: Spread(workers, tasks.nodes, slices), len, 1000
        )
        nodes: Future[list[list[Node]]] = desk.order(scenario, "a reader")
        asked = worker.ask(tasks.plan, scenario.replace(water_weight=7.0)).future
        asked.result(60)
        assert not nodes.done(), "the plan came before the last slice"
        found = [node for each in nodes.result(60) for node in each]
        # Given up with the last reader who waits.
        other = scenario.replace(reach="partial")
        left = Desk(
            lambda asked, _: Spread(workers, tasks.nodes, preview_orders._slices(other)), len, 10
        )
        order = left.order(other, "a reader")
        left.withdraw(other, "a reader")
        assert order.cancelled()
    finally:
        workers.close()
    whole = gathered(grid_of(DATA), DATA, found)
    assert whole.amounts.shape == (14, 14, 4, 10)
    assert whole.amounts[:, :, 0].sum(axis=2) == approx(DATA.demand.sum())
