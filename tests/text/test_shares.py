"""A percentage of next to nothing is not told: the amount stands for itself."""

import re
from dataclasses import replace

import pytest

from equity_core.text.fairness import gain_sentences
from equity_core.text.narrative import map_summary
from equity_core.text.numbers import rounded, rounded_change
from equity_core.text.opening.headline import headline
from equity_core.text.quantities import find_quantity
from equity_core.text.shares import carried_little, share_told
from ui.charts.bars import bars, bars_html


@pytest.fixture
def quintupled(outcomes):
    """Japan carried a thousandth of the mean's carbon, and five times that in the plan."""
    before = outcomes["cost"]
    few = before.burdens.copy()
    few.loc["japan", "carbon_t"] = few["carbon_t"].mean() / 1000
    many = few.copy()
    many.loc["japan", "carbon_t"] *= 5
    return replace(before, burdens=many).compare(replace(before, burdens=few))


def test_a_region_that_carried_little_has_no_percentage(quintupled):
    row = quintupled.sites.index("japan")
    assert carried_little(quintupled, "carbon_t", row)
    assert share_told(quintupled, "carbon_t", row) == ""
    assert share_told(quintupled, "carbon_t", quintupled.sites.index("texas")) == "no change"


def test_a_fall_has_its_percentage_however_little_there_was(quintupled):
    row = quintupled.sites.index("japan")
    few = replace(quintupled.after, burdens=quintupled.before.burdens * 0.9)
    falls = few.compare(quintupled.before)
    assert carried_little(falls, "carbon_t", row)
    assert share_told(falls, "carbon_t", row) == "−10%"


def test_no_sentence_and_no_bar_says_its_percentage(quintupled):
    quantity = find_quantity(quintupled.after.footprints, "carbon_t")
    drawn = bars_html(bars(quintupled, quantity), quantity, "cheapest plan", "")
    said = [
        headline(quintupled),
        map_summary(quintupled, "carbon_t", "change"),
        *gain_sentences(quintupled),
    ]
    assert not any("400%" in sentence for sentence in said)
    assert all("Japan" in sentence for sentence in said)
    assert "<small>from little</small>" in drawn
    assert re.search(r'title="[^"]* \(\+(400|399\.9|400\.0)', drawn), "at the pointer it stands"


@pytest.mark.parametrize(
    ("percents", "told"),
    [(5.5869, "5.6%"), (28.23, "28%"), (0.0113, "0.01%"), (400.15, "400%"), (20.0, "20%"),
     (99.6, "99.6%"), (99.97, "99.9%"), (123.4, "123%"), (0.226, "0.2%"), (0.0, "0%")],
)  # fmt: skip
def test_a_percentage_has_no_more_digits_than_are_known(percents, told):
    assert rounded(percents) == told
    sign = "+" if percents else ""
    assert rounded_change(percents) == (f"{sign}{told}" if percents else "no change")
    assert rounded_change(-percents) == (f"−{told}" if percents else "no change")
