"""Every control tells an example beside what it means."""

import pytest

from equity_core.scenario.parameters import PARAMETERS
from equity_core.scenario.rows.examples import EXAMPLES, example
from equity_core.scenario.rows.sites import FURTHER_TERMS, SITE_FACTORS

ROWS = (*PARAMETERS, *SITE_FACTORS, *FURTHER_TERMS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.group}-{row.name}")
def test_every_field_has_an_example(row):
    assert example(row).startswith("For example: ")
    assert example(row).endswith(".")


def test_no_example_is_left_over():
    assert set(EXAMPLES.values()) == {example(row).removeprefix("For example: ") for row in ROWS}
