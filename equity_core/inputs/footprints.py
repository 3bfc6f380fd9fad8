"""Footprint models: from a fuel mix or the weather to what one MWh costs a region.

Pure functions of numbers or arrays; every factor may be replaced. They made the bundled figures and
help to make one's own. L/kWh equals m3/MWh, kg/kWh equals t/MWh.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from equity_core.arrays import Floats
from equity_core.errors import DatasetError
from equity_core.inputs.tables import shown, suggestion

LITRES_PER_GALLON = 3.785411784

CARBON_T_PER_MWH: Mapping[str, float] = MappingProxyType(
    {
        "coal": 0.968,
        "gas": 0.440,
        "nuclear": 0.015,
        "oil": 0.890,
        "other": 0.450,
        "solar": 0.020,
        "hydro": 0.0135,
        "wind": 0.0225,
    }
)
"""Carbon by fuel, t/MWh, as in the paper authors' code (Environmentally-Equitable-AI, MIT)."""

WATER_GALLONS_PER_MWH: Mapping[str, float] = MappingProxyType(
    {
        "coal": 450.0,
        "gas": 300.0,
        "nuclear": 600.0,
        "oil": 350.0,
        "other": 475.0,
        "solar": 0.0,
        "hydro": 0.0,
        "wind": 0.0,
    }
)
"""Water consumption by fuel, US gallons/MWh: the medians of world-2023, and the paper authors'.

Hydro is 0: evaporation from reservoirs is not counted, and published figures for it lie far apart.
It would raise Brazil from 0.3 to about 18 L/kWh. To count it, give hydro a factor of one's own:
`WATER_GALLONS_PER_MWH | {"hydro": gallons}`.
"""

LARGEST_AMOUNT = 1e15
"""Of one fuel in any unit: all the world generates 3e13 kWh a year."""

CYCLES = 6.0
"""Cycles of concentration of a cooling tower, as in the paper and in world-2023."""

LEAST_ONSITE_WATER = 0.05
"""m3/MWh that a site uses in the coldest hours; the fit below would turn negative."""

_REMEDY = (
    "Check the unit, fill or leave out missing hours, and set hours beyond the range to its end."
)

COLDEST, HOTTEST = -20.0, 50.0  # degrees C for which Stull made his fit
DRIEST, WETTEST = 5.0, 100.0  # %; he names 99, saturated air is off by 0.3 degrees at most


def carbon_intensity(
    mix: Mapping[str, npt.ArrayLike], factors: Mapping[str, float] = CARBON_T_PER_MWH
) -> Floats:
    """Carbon of the average MWh, t/MWh, of a generation mix: docs/METHOD.md (20).

    mix      generation by fuel in any one unit (MWh, %, shares): numbers, or arrays of one shape;
             only the proportions count
    factors  t/MWh by fuel

    Raises DatasetError for an unknown fuel, a negative amount, no number, or a sum of 0.
    """
    return _average(mix, factors)


def offsite_water_intensity(
    mix: Mapping[str, npt.ArrayLike], factors: Mapping[str, float] = WATER_GALLONS_PER_MWH
) -> Floats:
    """Water that power stations consume for the average MWh, m3/MWh, of a generation mix.

    docs/METHOD.md (21). `mix` and errors as in `carbon_intensity`; `factors` in US gallons/MWh.
    """
    return _average(mix, factors) * LITRES_PER_GALLON / 1000.0


def _average(mix: Mapping[str, npt.ArrayLike], factors: Mapping[str, float]) -> Floats:
    amounts = {fuel: _amount(fuel, amount, factors) for fuel, amount in mix.items()}
    total = np.asarray(sum(amounts.values(), start=np.zeros(())))
    if not np.all(total > 0):
        raise DatasetError(
            "The fuel mix adds up to 0. Give the generation of at least one fuel in every hour."
        )
    weighted = [factors[fuel] * amount for fuel, amount in amounts.items()]
    return np.asarray(sum(weighted, start=np.zeros(())) / total)


def _amount(fuel: str, amount: npt.ArrayLike, factors: Mapping[str, float]) -> Floats:
    if fuel not in factors:
        raise DatasetError(
            f"There is no factor for the fuel {shown(fuel)}{suggestion(fuel, list(factors))}. "
            f"Name it as one of {', '.join(factors)}, or give a factor for it."
        )
    return _within(f"The generation from {fuel}", amount, 0.0, LARGEST_AMOUNT, "in any unit")


def wet_bulb_c(temperature_c: npt.ArrayLike, humidity_pct: npt.ArrayLike) -> Floats:
    """Wet-bulb temperature, degrees C, at sea-level pressure: docs/METHOD.md (22).

    temperature_c  air temperature, -20 to 50 degrees C
    humidity_pct   relative humidity, 5 to 100 %

    Stull, "Wet-Bulb Temperature from Relative Humidity and Air Temperature", J. Appl. Meteor.
    Climatol. 50 (2011), eq. (1): within -1 to +0.65 degrees, less certain where it is both cold
    and dry. Raises DatasetError outside these ranges.
    """
    t = _within("The air temperature", temperature_c, COLDEST, HOTTEST, "degrees C")
    rh = _within("The relative humidity", humidity_pct, DRIEST, WETTEST, "%")
    return np.asarray(
        t * np.arctan(0.151977 * np.sqrt(rh + 8.313659))
        + np.arctan(t + rh)
        - np.arctan(rh - 1.676331)
        + 0.00391838 * rh**1.5 * np.arctan(0.023101 * rh)
        - 4.686035
    )


def tower_water_intensity(
    wet_bulb: npt.ArrayLike, cycles: float = CYCLES, least: float = LEAST_ONSITE_WATER
) -> Floats:
    """Water that a cooling tower takes for one MWh of IT load, m3/MWh: docs/METHOD.md (23).

    wet_bulb  degrees C, -25 to 51
    cycles    cycles of concentration S, above 1: more cycles, less blow-down
    least     m3/MWh below which it never falls

    S / (S - 1) (6e-5 T^3 - 0.01 T^2 + 0.61 T - 10.4) with T in degrees F: the fit in the paper
    authors' code. A tower in every hour of the year: high for sites that also cool with dry air.
    Raises DatasetError outside these ranges.
    """
    celsius = _within("The wet-bulb temperature", wet_bulb, -25.0, HOTTEST + 1, "degrees C")
    if not cycles > 1:
        raise DatasetError(
            f"The cycles of concentration are {cycles:g}, but must be above 1. Choose 3 to 10; "
            "the paper has 6."
        )
    t = 1.8 * celsius + 32.0
    fit = 6e-5 * t**3 - 0.01 * t**2 + 0.61 * t - 10.4
    return np.maximum(least, cycles / (cycles - 1) * fit)


def onsite_water_intensity(
    temperature_c: npt.ArrayLike, humidity_pct: npt.ArrayLike, cycles: float = CYCLES
) -> Floats:
    """Cooling water on site from the weather, m3/MWh: `tower_water_intensity` of `wet_bulb_c`."""
    return tower_water_intensity(wet_bulb_c(temperature_c, humidity_pct), cycles)


def _within(what: str, values: npt.ArrayLike, low: float, high: float, unit: str) -> Floats:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise DatasetError(f"{what} is {shown(values)}, but must be numbers. {_REMEDY}") from error
    wrong = ~((numbers >= low) & (numbers <= high))
    if wrong.any():
        value, count = numbers[wrong].flat[0], int(wrong.sum())
        others = f" (and {count - 1} more like it)" if count > 1 else ""
        span = f"from {low:g} to {high:g} {unit}"
        raise DatasetError(f"{what} is {value:g}, but must be a number, {span}{others}. {_REMEDY}")
    return numbers
