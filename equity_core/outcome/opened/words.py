"""What a file says, as it may stand in a sentence of ours."""

from __future__ import annotations

LONGEST = 80


def printable(text: str, most: int = LONGEST) -> str:
    """At most `most` characters of `text`, those that cannot be seen as their codes."""
    cut = text[: most + 1]
    told = "".join(_visible(letter) for letter in cut)
    return told if len(told) <= most else f"{told[: most - 3]}..."


def _visible(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
