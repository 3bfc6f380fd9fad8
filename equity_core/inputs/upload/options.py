"""What only the person who brings the files can say; the reader asks and never guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from equity_core.errors import DatasetError
from equity_core.inputs.tables import shown

LONGEST_TEXT = 120
LARGEST_RATE = 10_000
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?")


@dataclass(frozen=True)
class UploadAnswers:
    """Answers to what the files leave open; raises DatasetError for one that cannot be used.

    title      what the data set is called; empty takes the first file's name
    source     where the figures come from, for the source cards
    timezone   of times that carry no offset: an IANA name, UTC, or an offset such as +01:00
    units      unit of a column that names none, such as {"price": "usd_per_mwh"}
    fill_gaps  fill gaps of up to three hours by straight lines, and say so in the source cards
    rates      what one unit of a currency is worth in USD, such as {"EUR": 1.08}; "$" is a dollar
               that does not say of which country
    """

    title: str = ""
    source: str = ""
    timezone: str = ""
    units: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fill_gaps: bool = False
    rates: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for name in ("title", "source"):
            text = getattr(self, name)
            if len(text) > LONGEST_TEXT or not text.isprintable():
                raise DatasetError(
                    f"The {name} is {shown(text)}, but must be at most {LONGEST_TEXT} characters "
                    "of plain text. Shorten it and leave out line breaks."
                )
        if self.timezone:
            zone_of(self.timezone)
        for currency, rate in self.rates.items():
            if not 0 < rate <= LARGEST_RATE:
                raise DatasetError(
                    f"The rate of {shown(currency)} is {rate:g} USD, but must be above 0 and at "
                    f"most {LARGEST_RATE:,}. Write what one {shown(currency)} is worth in USD."
                )


def zone_of(name: str) -> tzinfo:
    """The time zone `name`: UTC, an offset such as +05:30, or a name of the IANA data base."""
    offset = _OFFSET.fullmatch(name.strip())
    if offset:
        sign, hours, minutes = offset.groups()
        ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if ahead <= timedelta(hours=14):
            return timezone(-ahead if sign == "-" else ahead)
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DatasetError(
            f"{shown(name)} is no time zone known here. Write UTC, an offset such as +01:00, or a "
            "name of the IANA data base such as Europe/Berlin."
        ) from error
