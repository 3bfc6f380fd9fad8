"""Footprint models against published values, the data's own range, and cases worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from equity_core import load_dataset
from equity_core.errors import DatasetError
from equity_core.inputs.footprints import (
    CARBON_T_PER_MWH,
    LEAST_ONSITE_WATER,
    LITRES_PER_GALLON,
    WATER_GALLONS_PER_MWH,
    carbon_intensity,
    offsite_water_intensity,
    onsite_water_intensity,
    tower_water_intensity,
    wet_bulb_c,
)

FUELS = tuple(CARBON_T_PER_MWH)
AUTHORS_CARBON = (0.968, 0.440, 0.015, 0.890, 0.450, 0.020, 0.0135, 0.0225)
AUTHORS_GALLONS_PER_KWH = (0.45, 0.30, 0.60, 0.35, 0.475, 0.0, 0.0, 0.0)


def test_factors_are_those_of_the_paper_s_authors():
    assert FUELS == ("coal", "gas", "nuclear", "oil", "other", "solar", "hydro", "wind")
    assert tuple(CARBON_T_PER_MWH.values()) == AUTHORS_CARBON
    assert tuple(WATER_GALLONS_PER_MWH) == FUELS
    gallons = [1000 * gallons for gallons in AUTHORS_GALLONS_PER_KWH]
    assert list(WATER_GALLONS_PER_MWH.values()) == approx(gallons)


@pytest.mark.parametrize("fuel", FUELS)
def test_a_mix_of_one_fuel_has_its_factor(fuel):
    assert carbon_intensity({fuel: 3.0}) == approx(CARBON_T_PER_MWH[fuel])
    litres = WATER_GALLONS_PER_MWH[fuel] * LITRES_PER_GALLON / 1000
    assert offsite_water_intensity({fuel: 3.0}) == approx(litres)


def test_a_mix_by_hand():
    mix = {"coal": 50.0, "gas": 30.0, "wind": 20.0}
    # 0.5 x 0.968 + 0.3 x 0.440 + 0.2 x 0.0225 t; 0.5 x 450 + 0.3 x 300 = 315 gallons.
    assert carbon_intensity(mix) == approx(0.6205)
    assert offsite_water_intensity(mix) == approx(315 * 3.785411784 / 1000)


def test_hours_are_mixed_one_by_one():
    mix = {"coal": [1.0, 0.0, 1.0], "hydro": [0.0, 4.0, 3.0]}
    assert carbon_intensity(mix) == approx([0.968, 0.0135, (0.968 + 3 * 0.0135) / 4])


def test_a_factor_may_be_replaced():
    assert carbon_intensity({"gas": 1.0}, CARBON_T_PER_MWH | {"gas": 0.49}) == approx(0.49)
    reservoirs = WATER_GALLONS_PER_MWH | {"hydro": 1000.0}
    assert offsite_water_intensity({"hydro": 1.0}, reservoirs) == approx(LITRES_PER_GALLON)
    assert carbon_intensity({"peat": 1.0}, {"peat": 1.1}) == approx(1.1)


@given(st.dictionaries(st.sampled_from(FUELS), st.floats(0.001, 1e6), min_size=1))
def test_only_proportions_count_and_the_average_lies_between_the_fuels(mix):
    carbon = float(carbon_intensity(mix))
    used = [CARBON_T_PER_MWH[fuel] for fuel in mix]
    assert min(used) * (1 - 1e-12) <= carbon <= max(used) * (1 + 1e-12)
    assert carbon_intensity({fuel: 7 * x for fuel, x in mix.items()}) == approx(carbon)


def test_stull_s_own_example():
    assert wet_bulb_c(20.0, 50.0) == approx(13.7, abs=0.05)


@pytest.mark.parametrize(
    ("temperature", "humidity"), [(0.0, 60.0), (10.0, 30.0), (25.0, 80.0), (35.0, 20.0)]
)
def test_wet_bulb_is_that_of_a_psychrometer_within_stull_s_error(temperature, humidity):
    error = float(wet_bulb_c(temperature, humidity)) - _psychrometer(temperature, humidity)
    assert -1.0 <= error <= 0.65


def _psychrometer(temperature, humidity):
    """Wet bulb by bisection: vapour pressure = saturation at Tw - 0.000665 p (T - Tw)."""
    vapour = humidity / 100 * _saturation(temperature)
    low, high = temperature - 40.0, temperature
    for _ in range(60):
        middle = (low + high) / 2
        excess = _saturation(middle) - 0.000665 * 1013.25 * (temperature - middle) - vapour
        low, high = (low, middle) if excess > 0 else (middle, high)
    return low


def _saturation(temperature):
    return 6.112 * np.exp(17.62 * temperature / (243.12 + temperature))


def test_a_cooling_tower_by_hand():
    # 20 C is 68 F: 6e-5 x 314432 - 0.01 x 4624 + 0.61 x 68 - 10.4 = 3.70592; times 6/5.
    assert tower_water_intensity(20.0) == approx(4.447104)
    assert tower_water_intensity(20.0, cycles=3.0) == approx(3.70592 * 1.5)


def test_a_cooling_tower_in_the_cold_is_at_its_floor():
    assert tower_water_intensity([-20.0, -5.0]).tolist() == [LEAST_ONSITE_WATER] * 2
    assert tower_water_intensity(-20.0, least=0.0) == 0.0
    assert tower_water_intensity(0.0) > LEAST_ONSITE_WATER


def test_on_site_water_follows_the_weather():
    weather = onsite_water_intensity([30.0, 30.0, 15.0], [80.0, 30.0, 80.0])
    assert weather[0] > weather[1] > weather[2]
    assert weather[0] == tower_water_intensity(wet_bulb_c(30.0, 80.0))


def test_the_data_set_lies_within_what_the_model_can_give():
    world = load_dataset("world-2023", {"water.onsite": 1.0, "water.offsite": 0.0})
    assert world.intensity[0].min() == LEAST_ONSITE_WATER
    singapore = world.intensity[0, world.site_ids.index("sg")]
    # The tropics: between the driest 25 and the dampest 33 degrees there.
    assert tower_water_intensity(20.0) < singapore.min()
    assert singapore.max() < onsite_water_intensity(33.0, 80.0)


@pytest.mark.parametrize(
    ("call", "parts"),
    [
        (lambda: wet_bulb_c(68.0, 50.0), ("air temperature is 68", "-20 to 50 degrees C", "unit")),
        (lambda: wet_bulb_c([20.0, np.nan], 50.0), ("air temperature is nan",)),
        (lambda: wet_bulb_c(20.0, 0.5), ("relative humidity is 0.5", "5 to 100 %")),
        (lambda: wet_bulb_c([-30.0, -31.0, 9.0], 50.0), ("is -30", "and 1 more like it")),
        (lambda: wet_bulb_c("warm", 50.0), ("air temperature is warm", "must be numbers")),
        (lambda: tower_water_intensity(90.0), ("wet-bulb temperature is 90",)),
        (lambda: tower_water_intensity(20.0, cycles=1.0), ("cycles of concentration are 1",)),
        (lambda: tower_water_intensity(20.0, cycles=np.nan), ("are nan", "above 1")),
        (lambda: carbon_intensity({"cole": 1.0}), ("fuel cole", "did you mean coal?")),
        (
            lambda: carbon_intensity({"coal": -1.0}),
            ("generation from coal is -1", "from 0 to 1e+15"),
        ),
        (lambda: carbon_intensity({"coal": np.nan}), ("generation from coal is nan",)),
        (lambda: carbon_intensity({"coal": [1.0, 0.0]}), ("adds up to 0",)),
        (lambda: carbon_intensity({}), ("adds up to 0",)),
    ],
)
def test_what_cannot_be_used_is_a_sentence(call, parts):
    with pytest.raises(DatasetError) as caught:
        call()
    for part in parts:
        assert part in str(caught.value)
    assert str(caught.value).endswith(".")
