"""What the page keeps and where it has things worked out."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, load_dataset, solve
from ui import cached
from ui.desk import Desk, Wish
from ui.workers import Job


@pytest.mark.slow
def test_the_plan_of_a_large_data_set_is_the_solvers():
    def page():
        import streamlit as st

        from equity_core import Scenario
        from ui import cached

        st.session_state["scenario"] = Scenario(dataset="world-2023", policy="cost")
        st.session_state["plan"] = cached.outcome(st.session_state["scenario"])

    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    plan = app.session_state["plan"]
    wanted = solve(Scenario(policy="cost"), load_dataset("world-2023"))
    assert plan.objective == pytest.approx(wanted.objective, rel=1e-9)
    assert cached.plan_desk().order(plan.scenario, "another").result(timeout=0) is plan


def test_a_question_given_up_by_the_last_words_of_an_older_run_is_asked_again(tmp_path):
    begun, asked = [], threading.Event()

    def begin(question, since):
        job = Job(Future(), tmp_path / question)
        begun.append((question, job))
        asked.set()
        return job

    wish = Wish(Desk(begin, size=len, most_bytes=10))
    with ThreadPoolExecutor() as newer:
        answer = newer.submit(cached.fulfil, wish, "new")
        asked.wait(timeout=60)
        wish.order("old")
        while len(begun) < 3:
            time.sleep(0.01)
        begun[-1][1].future.set_result("answer")
        assert answer.result(timeout=60) == "answer"
    assert [question for question, _ in begun] == ["new", "old", "new"]
    assert [job.future.cancelled() for _, job in begun] == [True, True, False]
