"""Scenarios side by side, each under a name of the reader's: as text in a link or a file.

    Our+plan~v=2&policy=cost|~v=2&policy=carbon|Today~

A bar parts the scenarios, a tilde name from link; without a name the plan's own words serve,
without a link the scenario on the page is meant. Names are somebody's words: nothing in them is
trusted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, unquote_plus

from equity_core.errors import LinkError, shown
from equity_core.scenario.address import PAGE_PREFIX, too_long

TABLE = f"{PAGE_PREFIX}table"
"""The key of a page's address that holds a line-up."""

MOST, LONGEST_NAME = 5, 60

LONGEST = 16_000
"""Characters of the whole text: half of what a link may have."""

_PARTED, _NAMED = "|", "~"
_CODES = {"~": "%7E", "|": "%7C", "-": "%2D", ",": "%2C"}
"""What would part the text, begin a formula in a spreadsheet, or end a keyword in a drawing."""


@dataclass(frozen=True)
class Named:
    """A link's query under a name: "" for a name not given, and for the scenario on the page."""

    name: str
    query: str


def plain_name(text: str) -> str:
    """A name as it may stand anywhere: one line, at most `LONGEST_NAME` characters, none of which
    cannot be seen or turns the direction of what is written beside it."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    letters = unicodedata.normalize("NFC", seen)
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in letters).split())
    return line[:LONGEST_NAME].strip()


def to_text(entries: Iterable[Named]) -> str:
    """The text of a line-up; `from_text` reads back an equal one."""
    return _PARTED.join(
        f"{_coded(quote_plus(entry.name))}{_NAMED}{_coded(entry.query, keep='-')}"
        for entry in entries
    )


def _coded(text: str, keep: str = "") -> str:
    return "".join(letter if letter in keep else _CODES.get(letter, letter) for letter in text)


def from_text(text: str) -> tuple[Named, ...]:
    """The line-up that a text tells; raises `LinkError` for one that is not as it must be."""
    entries, problems = read_leniently(text)
    if problems:
        raise LinkError("scenarios", " ".join(problems))
    return entries


def read_leniently(text: str) -> tuple[tuple[Named, ...], tuple[str, ...]]:
    """What can be read of a line-up; each problem is a sentence that says what becomes of it."""
    if len(text) > LONGEST:
        return (), (f"{too_long('The table of scenarios', len(text), LONGEST)} It is left out.",)
    parts = text.split(_PARTED) if text else []
    told = [_entry(part) for part in parts if _NAMED in part]
    odd = [part for part in parts if _NAMED not in part]
    problems = [f"{shown(part)} is no scenario with a name; it is left out." for part in odd]
    problems += [_renamed(was, entry.name) for was, entry in told if was != entry.name]
    if len(told) > MOST:
        problems.append(_too_many(len(told)))
    return tuple(entry for _, entry in told[:MOST]), tuple(problems)


def _entry(part: str) -> tuple[str, Named]:
    """The name as it was given, and the entry."""
    name, _, query = part.partition(_NAMED)
    given = unquote_plus(name)
    return given, Named(plain_name(given), query)


def _renamed(given: str, name: str) -> str:
    return (
        f"The name {shown(given)} is shown as {shown(name)}: a name has at most {LONGEST_NAME} "
        "characters, all of which can be seen."
    )


def _too_many(count: int) -> str:
    return f"The table has {count} scenarios, but shows at most {MOST}; the others are left out."


def check_room(entries: Sequence[Named]) -> None:
    """Raises `LinkError` where a line-up is too long for a link, in number or in characters."""
    if len(entries) > MOST:
        raise LinkError(
            "scenarios",
            f"The table holds {MOST} scenarios at most; remove one before you add another.",
        )
    if (length := len(to_text(entries))) > LONGEST:
        raise too_long("The table of scenarios", length, LONGEST)
