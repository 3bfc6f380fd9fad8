"""Numbers as typed: every unambiguous way to write one is read as meant, all else is refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core.text.numbers import number
from ui.sidebar.typed_numbers import Allowed, Refused, means, read_number, written

FINITE = st.floats(allow_nan=False, allow_infinity=False)
GROUPED = st.integers(1_000_000, 10**14)
SPACES = st.sampled_from([" ", "\N{NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{NARROW NO-BREAK SPACE}"])
APOSTROPHES = st.sampled_from(["'", "\N{RIGHT SINGLE QUOTATION MARK}"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", 0.5),
        (".5", 0.5),
        (",5", 0.5),
        ("5,", 5),
        ("60", 60),
        ("-2", -2),
        ("−2,5", -2.5),
        ("+3", 3),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234", 1.234),
        ("0,123", 0.123),
        ("1234,567", 1234.567),
        ("12,34", 12.34),
        ("1 234", 1234),
        ("1'234.5", 1234.5),
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1e3", 1000),
        ("1,5E-3", 0.0015),
        ("  7 ", 7),
    ],
)
def test_what_has_one_reading_is_read(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["abc", "", "1,2,3", "1.2.3", "12 5", "1,23,456", "1 2345", "--2", "5%", "nan", "inf", "1e",
     "e5", "0x10", "1_000", "٣", ".", ",", "-", "1,234.5.6", "1.234,5,6", "5 m3", "=1+1", "1..5"],
)  # fmt: skip
def test_what_has_none_is_refused(text):
    with pytest.raises(Refused):
        Allowed(None, None).read(text)


@pytest.mark.parametrize("text", ["1,234", "-1,234", "12,345", "999,000"])
def test_what_has_two_is_asked_about(text):
    with pytest.raises(Refused, match=f"can mean .*{text.lstrip('-').replace(',', '')} or "):
        read_number(text)


@given(FINITE)
def test_what_a_field_writes_is_read_back_exactly(value):
    assert read_number(written(value)) == value
    assert means(written(value), value)


@given(FINITE.filter(lambda value: 1e-4 < abs(value) < 1e15))
def test_a_comma_may_stand_for_the_point(value):
    text = f"{value:.6f}"
    assert read_number(text.replace(".", ",")) == float(text)


@given(GROUPED, st.integers(0, 99), SPACES | APOSTROPHES, st.sampled_from(".,"))
def test_thousands_may_be_set_apart(whole, cents, mark, point):
    text = f"{whole:,}".replace(",", mark) + f"{point}{cents:02d}"
    assert read_number(text) == float(f"{whole}.{cents:02d}")


@given(GROUPED, st.integers(0, 99), st.sampled_from([(",", "."), (".", ",")]))
def test_points_and_commas_may_change_places(whole, cents, marks):
    group, point = marks
    text = f"{whole:,}".replace(",", group) + f"{point}{cents:02d}"
    assert read_number(text) == float(f"{whole}.{cents:02d}")


@given(st.floats(0.001, 999) | st.floats(1e6, 1e15) | st.floats(-999, -0.001))
def test_figures_copied_from_the_page_are_read(value):
    assert math.isclose(read_number(number(value)), value, rel_tol=0.006, abs_tol=1e-9)


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_a_sentence(text):
    try:
        value = Allowed(-5.0, 5.0, "t").read(text)
    except Refused as error:
        assert str(error).endswith(".")
    else:
        assert value is not None and -5 <= value <= 5


def test_the_range_is_kept_and_said():
    allowed = Allowed(0.0, 100.0, "%")
    assert allowed.read("100") == 100
    for text in ("-0.1", "100.5", "1e999", "99999"):
        with pytest.raises(Refused, match="out of range"):
            allowed.read(text)
    assert allowed.words == "Allowed: 0 to 100 %."
    assert Allowed(0.0, None, "t", optional=True).words == "Allowed: 0 or more t, or nothing."


def test_nothing_is_a_value_only_where_it_may_be():
    assert Allowed(0.0, 1.0, optional=True).read("  ") is None
    with pytest.raises(Refused, match="Nothing was typed"):
        Allowed(0.0, 1.0).read("")
