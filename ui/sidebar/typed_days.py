"""Days as people type them, and as fields write them. No streamlit.

The year may come first (2023-07-01, 2023/7/1), the day may come first with points (1.7.2023), and
the month may be named (1 July 2023, Jul 1, 2023). With slashes or dashes and the year last, day
and month may be either; such a day is asked about unless only one reading is a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from equity_core.errors import shown
from ui.sidebar.typed_numbers import Refused

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_NAMED = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")


@dataclass(frozen=True)
class Days:
    """What a field for a day takes, both ends included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """A sentence: "Allowed: 2023-01-01 to 2023-12-31."."""
        return f"Allowed: {self.first} to {self.last}."

    def read(self, text: str) -> date:
        """The day that `text` means; raises Refused."""
        day = read_day(text)
        if not self.first <= day <= self.last:
            raise Refused(f"{shown(text.strip())} is out of range.")
        return day

    def written(self, day: date | None) -> str:
        """`day` as its field shows it."""
        return "" if day is None else day.isoformat()

    def means(self, text: str, day: date | None) -> bool:
        """Whether `text` is a way to write `day`."""
        try:
            return read_day(text) == day
        except Refused:
            return False


def read_day(text: str) -> date:
    """The day that `text` means, by the rule above; raises Refused."""
    if not text.strip():
        raise Refused("Nothing was typed.")
    readings = _readings(text.strip())
    if not readings:
        raise Refused(f"{shown(text.strip())} is not a day.")
    if len(readings) > 1:
        one, other = readings
        raise Refused(f"{shown(text.strip())} can mean {one} or {other}: please type one of these.")
    return readings[0]


def _readings(text: str) -> list[date]:
    """Every day that `text` can mean, in order."""
    if found := _YEAR_FIRST.fullmatch(text):
        asked = [(found[1], found[3], found[4])]
    elif found := _YEAR_LAST.fullmatch(text):
        asked = [(found[4], found[3], found[1])]
        asked += [] if found[2] == "." else [(found[4], found[1], found[3])]
    else:
        return _with_name(" ".join(text.replace(",", " ").replace(".", " ").split()))
    return sorted({day for parts in asked for day in _days(*map(int, parts))})


def _days(year: int, month: int, day: int) -> list[date]:
    """The day, or nothing where the calendar has none such."""
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _with_name(text: str) -> list[date]:
    """The day of a text with a month's English name."""
    for form in _NAMED:
        try:
            return [datetime.strptime(text, form).date()]
        except ValueError:
            continue
    return []
