"""The reference table as the page Method solves it: it passes, and it can fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity_core import load_dataset
from equity_core.verification.reference import CASE, reference_rows, reproduce


@pytest.fixture(scope="module")
def row():
    return reproduce(reference_rows()[1], load_dataset(CASE))


def test_a_row_is_reproduced_with_a_certificate(row):
    assert row.holds
    assert abs(row.difference_pct) < 1e-6
    assert row.gap < 1e-9
    assert row.seconds > 0
    assert row.reference.notebook == pytest.approx(row.found.objective, rel=1e-8)


@pytest.mark.parametrize("name", ["objective", "worst_water_m3", "worst_carbon_t"])
def test_any_other_figure_fails(row, name):
    other = replace(row.found, **{name: getattr(row.found, name) * (1 + 1e-4)})
    assert not replace(row, found=other).holds


def test_all_rows_ask_another_question():
    rows = reference_rows()
    assert len({row.scenario for row in rows}) == len(rows) == 13
