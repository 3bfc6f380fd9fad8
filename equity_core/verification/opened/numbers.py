"""Numbers within text: to compare figures by value, and texts without them."""

from __future__ import annotations

import hashlib
import math
import re

SAME_WITHIN = 1e-9
"""Relative difference that another machine's rounding explains: what every plan is certified to."""

SMALLEST = 1e-6
"""Size below which figures are compared as if they had it."""

# Digits as programs write them, and none that belong to a word: an id is no number.
_NUMBER = r"(?<![\w.])[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?(?![\w.])"
NUMBER, BINARY_NUMBER = re.compile(_NUMBER, re.ASCII), re.compile(_NUMBER.encode())


def without_numbers(content: bytes) -> bytes:
    """The content with a mark in place of every number."""
    return BINARY_NUMBER.sub(b"#", content)


def skeleton(content: bytes) -> str:
    """A digest of all that is no number."""
    return hashlib.sha256(without_numbers(content)).hexdigest()


def apart(found: str, wanted: str) -> float:
    """How far two texts lie apart: relative to the wanted one for numbers, infinite for words."""
    if found == wanted:
        return 0.0
    if NUMBER.sub("#", found) != NUMBER.sub("#", wanted):
        return math.inf
    pairs = zip(NUMBER.findall(found), NUMBER.findall(wanted), strict=True)
    return max((_relative(float(one), float(other)) for one, other in pairs), default=math.inf)


def _relative(found: float, wanted: float) -> float:
    if found == wanted:
        return 0.0
    return abs(found - wanted) / max(abs(wanted), SMALLEST)
