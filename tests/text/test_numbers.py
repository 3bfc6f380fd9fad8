"""Numbers as sentences say them: digits, units, signs."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core.text.numbers import (
    NO_CHANGE,
    NOT_KNOWN,
    amount,
    change,
    everyday,
    joined,
    number,
    percent_change,
    signed,
)

shown = st.floats(min_value=0.001, max_value=9e14)


def value_of(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-").replace("+", ""))


@given(shown, st.sampled_from([1, -1]))
def test_a_number_is_right_to_three_significant_digits(size, sign):
    assert value_of(number(sign * size)) == pytest.approx(sign * size, rel=0.00501)


@given(shown)
def test_a_number_never_has_more_than_three_significant_digits(size):
    digits = number(size).replace(",", "").replace(".", "").strip("0")
    assert 1 <= len(digits) <= 3


@given(st.floats())
def test_any_float_has_a_text_and_negatives_a_true_minus(value):
    text = number(value)
    assert text and "-" not in text
    assert text.startswith(("−", ">−")) == (value < 0 and math.isfinite(value))


@given(st.floats(min_value=1e-3, max_value=1e12))
def test_a_rise_and_the_same_fall_differ_only_in_sign(size):
    assert signed(size) == "+" + signed(-size).removeprefix("−")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1818.73, "1,820"),
        (336694.51, "337,000"),
        (999.6, "1,000"),
        (0.9996, "1"),
        (21.34, "21.3"),
        (5.0, "5"),
        (120, "120"),
        (-0.5, "−0.5"),
        (0.0123, "0.0123"),
        (0.0000123, "<0.001"),
        (1.25e18, "1.25e18"),
        (math.nan, NOT_KNOWN),
        (math.inf, NOT_KNOWN),
    ],
)
def test_numbers(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1818.73, "m3", "1,820 m³"),
        (118.56, "t", "119 t"),
        (336694.5, "usd", "$337,000"),
        (-1200, "usd", "−$1,200"),
        (15.43, "%", "15.4%"),
        (2914.8, "mwh", "2,910 MWh"),
        (math.nan, "usd", NOT_KNOWN),
    ],
)
def test_amounts(value, unit, text):
    assert amount(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (560.2, "m3", "+560 m³"),
        (-887, "m3", "−887 m³"),
        (45000, "usd", "+$45,000"),
        (-45000, "usd", "−$45,000"),
        (-4e-4, "%", ">−0.001%"),
        (4e-4, "%", "+<0.001%"),
        (0.0, "t", NO_CHANGE),
        (-3e-7, "t", NO_CHANGE),
    ],
)
def test_changes(value, unit, text):
    assert change(value, unit) == text


def test_a_change_in_percent_is_told_down_to_the_tolerance_of_a_comparison():
    assert percent_change(99e-6) == NO_CHANGE
    assert percent_change(-101e-6) == ">−0.001%"
    assert percent_change(119.6) == "+120%"


def test_lists_in_words():
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b"], "but") == "a but b"
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_everyday_equivalents_state_their_factor():
    assert everyday(5000, "m3") == "about 2 Olympic pools of 2,500 m³"
    assert everyday(-2500, "m3") == "about 1 Olympic pool of 2,500 m³"
    assert everyday(118.56, "t") == (
        "about the yearly exhaust of 26 passenger cars at 4.6 t each (US EPA, 2023)"
    )
    assert everyday(10, "usd") == ""


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (999_400, "m3", "999,000 m³"),
        (999_600, "m3", "1 million m³"),
        (51_661_010.9, "m3", "51.7 million m³"),
        (-1.136e10, "usd", "−$11.4 billion"),
        (999.7e6, "t", "1 billion t"),
        (2.5e12, "usd", "$2.5 trillion"),
        (1.2e18, "t", "1.20e18 t"),
        (math.inf, "t", NOT_KNOWN),
    ],
)
def test_amounts_from_a_million_on_are_told_in_words(value, unit, text):
    assert amount(value, unit) == text


def test_a_large_change_keeps_its_sign_before_the_unit():
    assert change(8.74e6, "t") == "+8.74 million t"
    assert change(-1.78e8, "usd") == "−$178 million"


def test_amounts_too_small_to_spell_out_say_on_which_side_of_0_they_are():
    assert amount(-0.0004, "usd") == ">−$0.001"
    assert amount(0.0004, "usd") == "<$0.001"
    assert amount(-0.0004, "m3") == ">−0.001 m³"
