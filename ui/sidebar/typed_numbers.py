"""Numbers as people type them, and as fields write them. No streamlit.

A comma or a point may stand before the decimals, and either of them, a space or an apostrophe
between thousands, wherever only one reading is possible: 0,5 and .5 and 1.234,5 and 1,234.5. A
single point always stands before decimals, as in all that this program writes. A single comma
before three digits may mean either; it is asked about. Everything else is refused.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from equity_core.errors import EquityError, shown
from equity_core.text.numbers import number

_ALIKE = str.maketrans("\u2212\u2013\uff0d\u2019", "---'")
"""A true minus, a dash, a wide minus and a typographer's apostrophe."""
_NUMBER = re.compile(r"(?P<sign>[+-]?) ?(?P<size>[0-9., ']+)(?P<power>[eE][+-]?[0-9]{1,3})?")
_PLAIN = re.compile(r"[0-9]+[.,]?[0-9]*|[.,][0-9]+")
_EITHER = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_GROUPED = tuple(
    re.compile(rf"[0-9]{{1,3}}({mark}[0-9]{{3}})+(?:{point}(?P<decimals>[0-9]*))?")
    for mark, point in (("[ ']", "[.,]"), (",", r"\."), (r"\.", ","))
)


class Refused(EquityError):
    """What was typed cannot be used; the text says why, without the allowed range."""


@dataclass(frozen=True)
class Allowed:
    """What a field takes, both ends included, in the `unit` that it shows."""

    low: float | None
    high: float | None
    unit: str = ""
    optional: bool = False

    def holds(self, value: float) -> bool:
        """Whether `value` lies within."""
        above = self.low is None or self.low <= value
        return math.isfinite(value) and above and (self.high is None or value <= self.high)

    @property
    def words(self) -> str:
        """A sentence: "Allowed: 0 to 100 %, or nothing."."""
        ends = "any number"
        if self.low is not None and self.high is not None:
            ends = f"{number(self.low, 6)} to {number(self.high, 6)}"
        elif self.low is not None:
            ends = f"{number(self.low, 6)} or more"
        nothing = ", or nothing" if self.optional else ""
        return f"Allowed: {f'{ends} {self.unit}'.strip()}{nothing}."

    def read(self, text: str) -> float | None:
        """The number that `text` means, None where nothing is typed and nothing is allowed.

        Raises Refused.
        """
        if not text.strip():
            if self.optional:
                return None
            raise Refused("Nothing was typed.")
        value = read_number(text)
        if not self.holds(value):
            raise Refused(f"{shown(text.strip())} is out of range.")
        return value

    def written(self, value: float | None) -> str:
        """`value` in full, as a field shows it; empty for none."""
        return written(value)

    def means(self, text: str, value: float | None) -> bool:
        """Whether `text` is a way to write `value`."""
        return means(text, value)


def read_number(text: str) -> float:
    """The number that `text` means, by the rule above; raises Refused."""
    found = _NUMBER.fullmatch(" ".join(text.translate(_ALIKE).split()))
    if found is None:
        raise Refused(f"{shown(text.strip())} is not a number.")
    return float(found["sign"] + _size(found["size"].strip(), text) + (found["power"] or ""))


def _size(size: str, text: str) -> str:
    """The digits as Python reads them."""
    if _EITHER.fullmatch(size):
        thousand, decimal = size.replace(",", ""), size.replace(",", ".")
        raise Refused(
            f"{shown(text.strip())} can mean {thousand} or {decimal}: please type one of these."
        )
    if _PLAIN.fullmatch(size):
        return size.replace(",", ".")
    for pattern in _GROUPED:
        if found := pattern.fullmatch(size):
            decimals = found["decimals"] or ""
            whole = size[: len(size) - len(decimals)]
            return f"{re.sub('[^0-9]', '', whole)}.{decimals}"
    raise Refused(f"{shown(text.strip())} is not a number.")


def written(value: float | None) -> str:
    """`value` in full, as a field shows it; empty for none."""
    return "" if value is None else repr(float(value)).removesuffix(".0")


def means(text: str, value: float | None) -> bool:
    """Whether `text` is a way to write `value`."""
    try:
        return (read_number(text) if text.strip() else None) == value
    except Refused:
        return False
