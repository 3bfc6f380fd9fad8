"""What the clock says at a site, and whether the sun is up there."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats, Integers
from equity_core.inputs.dataset import Dataset

ZONE = "time_zone"
DEGREES_AN_HOUR = 15
TILT = 23.44
"""Degrees between the earth's axis and the upright on its orbit."""

RISEN = -0.833
"""Degrees of the sun's middle above the horizon at which its rim is seen to rise, through air."""


def local_hours(dataset: Dataset, hours: pd.DatetimeIndex) -> Integers:
    """[N, T] the hour of the day, 0 to 23, at each site: by its time zone, else by longitude."""
    zones = _zones(dataset)
    rows = [
        hours.tz_convert(zone).hour if zone else _by_the_sun(hours, float(longitude))
        for zone, longitude in zip(zones, dataset.sites["longitude"], strict=True)
    ]
    local: Integers = np.array(rows, dtype=np.int64)
    return local


def clock_words(dataset: Dataset) -> str:
    """How local hours are told, for readers."""
    known = [bool(zone) for zone in _zones(dataset)]
    if all(known):
        return "Local hours by each region's time zone, summer time included."
    words = f"by longitude ({DEGREES_AN_HOUR} degrees an hour)"
    if any(known):
        return f"Local hours by each region's time zone; {words} where none is known."
    return f"Local hours {words}."


def night_at(dataset: Dataset, site: str, hours: pd.DatetimeIndex) -> Flags:
    """[T] `night` at a site of the data set."""
    row = dataset.site_ids.index(site)
    latitude, longitude = dataset.sites[["latitude", "longitude"]].to_numpy(np.float64)[row]
    return night(float(latitude), float(longitude), hours)


def night(latitude: float, longitude: float, hours: pd.DatetimeIndex) -> Flags:
    """[T] whether the sun is below the horizon in the middle of each hour.

    By the sun's declination alone: right to about a quarter of an hour.
    """
    day = hours.day_of_year.to_numpy() - 1.0
    declination = np.radians(-TILT * np.cos(2 * np.pi * (day + 10) / 365.25))
    noon_ago = hours.hour.to_numpy() + 0.5 - 12 + longitude / DEGREES_AN_HOUR
    turned, north = np.radians(DEGREES_AN_HOUR * noon_ago), np.radians(latitude)
    height: Floats = np.sin(north) * np.sin(declination)
    height = height + np.cos(north) * np.cos(declination) * np.cos(turned)
    dark: Flags = height < np.sin(np.radians(RISEN))
    return dark


def _by_the_sun(hours: pd.DatetimeIndex, longitude: float) -> Integers:
    local: Integers = (hours.hour.to_numpy() + round(longitude / DEGREES_AN_HOUR)) % 24
    return local


def _zones(dataset: Dataset) -> list[ZoneInfo | None]:
    if ZONE not in dataset.sites:
        return [None] * len(dataset.sites)
    return [_zone(name) for name in dataset.sites[ZONE]]


def _zone(name: object) -> ZoneInfo | None:
    """The zone of that name; None for what is none."""
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
