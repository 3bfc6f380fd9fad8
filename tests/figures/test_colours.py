"""Scales of colour: their ends, their middle, what has no figure."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core.figures.colours import MISSING, burden_scale, change_scale, scale_for
from equity_core.figures.projection import LAND_HATCH
from ui.theme import DARK, LIGHT

values = st.lists(st.floats(min_value=-1e9, max_value=1e9), max_size=12)


def lightness(rgb) -> float:
    return float(np.dot(rgb, (0.299, 0.587, 0.114)))


@given(values)
def test_a_change_scale_is_symmetric_and_holds_every_value(changes):
    scale = change_scale(changes)
    assert scale.low == -scale.high
    assert all(abs(value) <= scale.high * (1 + 1e-9) for value in changes)
    assert 0.0 in scale.ticks()


@given(st.lists(st.floats(min_value=1e-3, max_value=1e9), min_size=1, max_size=12))
def test_a_scale_wastes_less_than_half_of_its_range(burdens):
    assert max(burdens) > 0.5 * burden_scale(burdens).high


@pytest.mark.parametrize("scale", [change_scale([1.0]), change_scale([1.0]).on_dark()])
def test_land_without_data_is_told_from_no_change(scale):
    """By eye, and on a page of black and white by its hatching as well."""
    unchanged = np.array(scale.rgb(0.0), dtype=float)
    for land in (LIGHT.land[:3], DARK.land[:3], MISSING):
        assert abs(lightness(land) - lightness(unchanged)) > 18
    assert LAND_HATCH


def test_zero_change_is_the_lightest_colour_and_the_two_sides_differ():
    scale = change_scale([-10, 10])
    assert lightness(scale.rgb(0)) > max(lightness(scale.rgb(-10)), lightness(scale.rgb(10))) + 100
    fall, rise = scale.rgb(-5), scale.rgb(5)
    assert fall[2] > fall[0]
    assert rise[0] > rise[2]


@given(st.floats(min_value=0, max_value=100), st.floats(min_value=0, max_value=100))
def test_a_heavier_burden_is_never_lighter(one, other):
    scale = burden_scale([100])
    heavy, light = lightness(scale.rgb(max(one, other))), lightness(scale.rgb(min(one, other)))
    assert heavy <= light + 1.5


def test_equal_burdens_start_from_zero_and_look_equal():
    scale = scale_for("burden", [118.0, 118.5])
    assert scale.low == 0
    assert np.abs(np.subtract(scale.rgb(118.0), scale.rgb(118.5))).max() <= 3


def test_a_negative_burden_is_shown_about_zero():
    scale = scale_for("burden", [-5.0, 20.0])
    assert (scale.low, scale.high) == (-20.0, 20.0)


def test_unknown_values_are_grey_and_no_values_make_a_scale():
    assert change_scale([math.nan]).rgb(math.nan) == MISSING
    assert change_scale([]).high == 1.0


@pytest.mark.parametrize("view", ["change", "burden"])
def test_the_legend_ramp_ends_in_the_colours_of_the_ends(view):
    scale = scale_for(view, [3.0, 7.0])
    ramp = scale.ramp(64)
    assert ramp.shape == (64, 3)
    assert tuple(ramp[0]) == scale.rgb(scale.low)
    assert tuple(ramp[-1]) == scale.rgb(scale.high)
