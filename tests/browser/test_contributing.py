"""The recipe "a page" of CONTRIBUTING.md, followed in a copy of the product."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.serving import served
from tests.scratch import scratch_copy

HOURS = '''"""Hours: how long the period of the scenario is."""

import streamlit as st

from ui.jobs import datasets
from ui.session import state


def hours() -> None:
    """One figure."""
    data = datasets.dataset(state.scenario().dataset)
    st.metric("Hours", f"{len(data.hours):,} h")
'''


@pytest.mark.slow
def test_a_page_is_its_own_file_and_a_line_of_the_app(page: Page, tmp_path: Path) -> None:
    copy = scratch_copy(tmp_path)
    (copy / "pages/hours.py").write_text(HOURS, encoding="utf-8")
    app = copy / "app.py"
    text = app.read_text(encoding="utf-8")
    text = text.replace("from pages.method", "from pages.hours import hours\nfrom pages.method")
    line = '        st.Page(hours, title="Hours", url_path="hours"),\n'
    app.write_text(text.replace("        st.Page(method", line + "        st.Page(method"), "utf-8")
    with served(tmp_path / "server.log", copy) as running:
        page.goto(f"{running.address}/?v=2")
        page.get_by_role("link", name="Hours", exact=True).click()
        expect(page.get_by_test_id("stMetric")).to_contain_text("457 h")
        page.goto("about:blank")  # before the server ends
