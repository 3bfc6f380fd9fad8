"""Single values of a sweep's file, and ranges of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np

from equity_core.errors import ScenarioError, SweepError, UnknownFieldError, clipped, shown
from equity_core.scenario.checks import plain
from equity_core.sweeps.design import MOST_QUESTIONS, Value
from equity_core.sweeps.question import read_value

RANGE = frozenset({"from", "to", "steps", "scale"})
"""The names of a range: {from = 0, to = 1, steps = 11}."""

DIGITS = 9
"""Of a number that a range or chance makes: enough for any lever, and short in links."""


def known_key(place: str, key: str) -> None:
    """Raises `SweepError` for a key that nothing knows, before any value is looked at."""
    try:
        read_value(key, "")
    except UnknownFieldError as error:
        raise SweepError(f"{place}: {error}") from error
    except ScenarioError:
        return  # that nothing is no value of it


def read_cell(place: str, key: str, given: Any) -> Value:
    """One value of one key; raises `SweepError` that begins with its `place`."""
    text = _written(place, key, given)
    try:
        return Value(text, read_value(key, text))
    except ScenarioError as error:
        raise SweepError(f"{place}: {error}") from error


def _written(place: str, key: str, given: Any) -> str:
    """A value of TOML or CSV as a link writes it."""
    match given:
        case bool():
            return str(given).lower()
        case int() | float():
            return plain(_float(given))
        case datetime():
            return given.isoformat()
        case str():
            return given
    what = "a date without an hour" if isinstance(given, date) else shown(given)
    raise SweepError(
        f"{place}: {clipped(key)} is {what}, but must be a number, a text, true or false, or a "
        "time such as 2023-01-01T00:00:00Z."
    )


def _float(given: float) -> float:
    try:
        return float(given)
    except OverflowError:
        return float("inf")


def spread_out(place: str, given: Mapping[str, Any]) -> list[float]:
    """The numbers of {from, to, steps, scale}; `scale` is "linear" unless it says "log"."""
    low, high = (_bound(place, given, name) for name in ("from", "to"))
    steps, scale = given.get("steps"), given.get("scale", "linear")
    whole = isinstance(steps, int) and not isinstance(steps, bool)
    if not whole or not 2 <= int(steps or 0) <= MOST_QUESTIONS:
        raise SweepError(
            f"{place}: steps is {shown(steps)}, but must be a whole number from 2 to "
            f"{MOST_QUESTIONS:,}, both ends included."
        )
    if scale not in ("linear", "log") or (scale == "log" and not (low > 0 and high > 0)):
        raise SweepError(
            f"{place}: scale is {shown(scale)}, but must be 'linear', or 'log' between two numbers "
            "above 0."
        )
    spaced = np.geomspace if scale == "log" else np.linspace
    return [_short(x) for x in spaced(low, high, int(steps or 0)).tolist()]


def _bound(place: str, given: Mapping[str, Any], name: str) -> float:
    bound = given.get(name)
    if isinstance(bound, int | float) and not isinstance(bound, bool) and abs(bound) < 1e15:
        return float(bound)
    raise SweepError(
        f"{place}: {name} is {shown(bound)}, but must be a number; write a range as "
        "{from = 0, to = 1, steps = 11}."
    )


def uniform(
    bounds: Mapping[str, tuple[float, float]], count: int, seed: int
) -> Iterator[dict[str, float]]:
    """`count` rows of numbers, each evenly likely between its two bounds."""
    low, high = np.array(list(bounds.values()), dtype=np.float64).reshape(-1, 2).T
    chance = np.random.default_rng(seed).random((count, len(bounds)))
    for row in (low + (high - low) * chance).tolist():
        yield dict(zip(bounds, map(_short, row), strict=True))


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
