"""One value against one row of the parameter table: the value in its normal form, or a sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from numbers import Real
from typing import Any

from equity_core.errors import ScenarioError, UnknownFieldError, shown
from equity_core.scenario.rows.row import Parameter

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LONGEST_ID = 100

FURTHER = "further."
"""Before the name of a footprint in the links' keys, so that no site id may begin with it."""


def check(row: Parameter, value: Any, field: str | None = None) -> Any:
    """Return `value` in the normal form of `row` (float, str, bool or None).

    `field` is the name used in the sentence where it is not the row's own (`factors.texas.water`).
    Raises `ScenarioError` with field, value, allowed range and remedy.
    """
    name = field or row.name
    if value is None and row.kind.startswith("optional"):
        return None
    return _CHECKS[row.kind](row, value, name)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean 'texas'?` for a near miss, otherwise the list of what is known."""
    names = list(known)
    near = near_miss(word, names)
    return f"Did you mean {near!r}?" if near else f"Known are: {', '.join(names)}."


def near_miss(word: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, or ""."""
    # A word cut short: comparing against a very long one costs time and finds nothing.
    near = get_close_matches(word[:LONGEST_ID], list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def no_such_field(name: Any, known: Iterable[str]) -> UnknownFieldError:
    """The refusal of a field that does not exist."""
    meant = near_miss(str(name), known)
    remedy = f". Did you mean {meant!r}?" if meant else "; leave it out."
    return UnknownFieldError(str(name), f"There is no field {shown(name)}{remedy}")


def check_site_id(site: Any, field: str = "factors") -> str:
    """A site id that can stand in a link: printable, not empty, at most 100 characters.

    Whether the site exists is the data set's to say (`check_against`).
    """
    if _is_id(site) and not site.startswith(FURTHER):
        return str(site)
    raise ScenarioError(
        field,
        f"{field} names the site {shown(site)}, but a site id is 1 to {LONGEST_ID} printable "
        f"characters without spaces around it and does not begin with {FURTHER!r}; use an id of "
        "the data set's sites.",
    )


def check_footprint_name(name: Any) -> str:
    """The name of a footprint that has no fields of its own in the scenario."""
    if _is_id(name) and name not in ("water", "carbon"):
        return str(name)
    raise ScenarioError(
        "further",
        f"further names the footprint {shown(name)}, but it is for a data set's footprints beyond "
        "water and carbon; for those two use fields such as water_weight and carbon_limit_t.",
    )


def _is_id(name: Any) -> bool:
    usable = isinstance(name, str) and name.isprintable() and name == name.strip()
    return usable and 0 < len(name) <= LONGEST_ID


def _choice(row: Parameter, value: Any, name: str) -> str:
    if isinstance(value, str) and value in row.choices:
        return value
    hint = did_you_mean(value if isinstance(value, str) else "", row.choices)
    raise ScenarioError(name, f"{name} is {shown(value)}, which does not exist. {hint}")


def _name(row: Parameter, value: Any, name: str) -> str:
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    raise ScenarioError(
        name,
        f"{name} is {shown(value)}, but must be a name of 1 to 64 letters, digits, dots, dashes or "
        f"underscores; use the name of a data set, such as {row.default!r}.",
    )


def _site(row: Parameter, value: Any, name: str) -> str:
    return "" if value == row.default else check_site_id(value, name)


def _number(row: Parameter, value: Any, name: str) -> float:
    number = _as_float(value)
    assert row.minimum is not None
    assert row.maximum is not None
    # Written so that NaN, which compares false with everything, is refused too.
    if number is not None and row.minimum <= number <= row.maximum:
        return number + 0.0  # turns -0.0 into 0.0, which would print differently
    unit = "" if row.unit in ("1", "x") else f" {row.unit}"
    raise ScenarioError(
        name,
        f"{name} is {shown(value)}, but must be a number from {plain(row.minimum)} to "
        f"{plain(row.maximum)}{unit}; choose a value in that range.",
    )


def _as_float(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf


def plain(number: float) -> str:
    """The shortest text that reads back as the same number: `60`, `0.1`, `1e-07`."""
    return repr(number).removesuffix(".0")


def _flag(row: Parameter, value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return value
    raise ScenarioError(name, f"{name} is {shown(value)}, but must be true or false; choose one.")


def _time(row: Parameter, value: Any, name: str) -> str:
    moment = _as_moment(value)
    if moment is not None and moment == moment.replace(minute=0, second=0, microsecond=0):
        return f"{moment:%Y-%m-%dT%H:%M}Z".rjust(17, "0")  # %Y does not pad years before 1000
    raise ScenarioError(
        name,
        f"{name} is {shown(value)}, but must be a whole UTC hour such as 2022-09-22T00:00Z; "
        "write it in that form or leave it empty.",
    )


def _as_moment(value: Any) -> datetime | None:
    """A time in UTC; one without a zone is taken to be UTC already."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


_CHECKS = {
    "choice": _choice,
    "name": _name,
    "site": _site,
    "number": _number,
    "optional_number": _number,
    "flag": _flag,
    "optional_time": _time,
}
