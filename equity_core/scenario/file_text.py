"""The text of a scenario file as JSON: of a sensible size, looked through once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

LONGEST_FILE = 1_000_000
"""Characters of a scenario.json."""

MOST_KEYS = 20_000
"""All keys together: seven factors of two thousand sites."""

LONGEST_KEY, LONGEST_NUMBER = 200, 400
DEEPEST = 20
"""Brackets within brackets; a scenario has three, what a file says of its making a few more."""

_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"?')
_BRACKETS = re.compile(r"[\[\]{}]")


def read_object(text: str) -> Any:
    """What the JSON says; raises ValueError with a clause for what is none, or beyond the limits.

    No key stands twice in an object.
    """
    if len(text) > LONGEST_FILE:
        raise ValueError(
            f"it is {len(text):,} characters long, but may have at most {LONGEST_FILE:,}"
        )
    if any(depth > DEEPEST for depth in _depths(text)):
        raise ValueError(f"brackets stand more than {DEEPEST} deep")
    return json.loads(text, object_pairs_hook=_Keys().unique, parse_int=_whole_number)


def _whole_number(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number has {len(digits):,} digits; {LONGEST_NUMBER} are allowed")
    return int(digits)


def _depths(text: str) -> Iterator[int]:
    """How deep brackets are, one by one."""
    depth = 0
    for bracket in _BRACKETS.finditer(_TEXTS.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        yield depth


class _Keys:
    """Counts the keys of all objects of a file."""

    def __init__(self) -> None:
        self._count = 0

    def unique(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """The pairs as an object; raises ValueError for too many or too long keys, or one twice."""
        self._count += len(pairs)
        if self._count > MOST_KEYS:
            raise ValueError(f"it has more than {MOST_KEYS:,} keys")
        fields: dict[str, Any] = {}
        for name, value in pairs:
            if len(name) > LONGEST_KEY:
                raise ValueError(f"a key has {len(name):,} characters; {LONGEST_KEY} are allowed")
            if name in fields:
                raise ValueError(f"{name!r} is given more than once")
            fields[name] = value
        return fields
