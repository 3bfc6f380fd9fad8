"""Names that the fonts of pictures and of the PDF can write; a region's id stands for any other.

The browser has fonts for every script and sets right-to-left text; the page and the HTML briefing
therefore keep names as they are. The bundled fonts have Latin, Greek and Cyrillic, and nothing
that draws them joins letters, as Arabic, Devanagari, Thai or an emoji of several parts ask for.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.text.numbers import joined

PICTURES, PDF = "DejaVuSans.ttf", "DejaVuSansMono.ttf"
"""What pictures are lettered with, and what the PDF's own font, which is Latin, falls back on."""

LEFT_OUT, MOST_NAMED = "[...]", 6


def can_be_drawn(text: str) -> bool:
    """Whether every letter has a picture and stands where it is written, left to right."""
    return all(_is_drawn(letter) for letter in unicodedata.normalize("NFC", text))


def legible(text: str) -> str:
    """`text` with a mark in place of each run of letters that cannot be drawn."""
    letters = unicodedata.normalize("NFC", text)
    runs = ("".join(run) if drawn else LEFT_OUT for drawn, run in groupby(letters, _is_drawn))
    return "".join(runs)


def _is_drawn(letter: str) -> bool:
    if letter == "\n":
        return True
    from_the_right = unicodedata.bidirectional(letter) in ("R", "AL", "AN")
    joins = unicodedata.category(letter)[0] in "MC"
    return not from_the_right and not joins and ord(letter) in _drawn()


@lru_cache(maxsize=1)
def _drawn() -> frozenset[int]:
    """The characters that pictures and the PDF have."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    pictures, pdf = (set(FT2Font(str(folder / name)).get_charmap()) for name in (PICTURES, PDF))
    latin = {code for code in pictures if unicodedata.name(chr(code), "").startswith("LATIN ")}
    return frozenset(pictures & pdf | latin)


def lettered(comparison: Comparison) -> Comparison:
    """The same comparison with ids for the names that cannot be drawn; itself where all can."""
    if not undrawn(comparison):
        return comparison
    return Comparison(_with_ids(comparison.before), _with_ids(comparison.after))


def _with_ids(outcome: Outcome) -> Outcome:
    names = outcome.site_names.items()
    drawn = {site: name if can_be_drawn(name) else site for site, name in names}
    return replace(outcome, site_names=drawn)


def undrawn(comparison: Comparison) -> list[str]:
    """The sites whose names cannot be drawn."""
    return [site for site, name in comparison.after.site_names.items() if not can_be_drawn(name)]


def letters_note(comparison: Comparison) -> str:
    """Which names are ids, for the reader of a picture of `comparison`; "" where none is."""
    sites = undrawn(comparison)
    if not sites:
        return ""
    more = [f"{len(sites) - MOST_NAMED} more"] if len(sites) > MOST_NAMED else []
    which = joined([*sites[:MOST_NAMED], *more])
    return (
        f"The fonts used here cannot write the names of these regions; ids stand for them: {which}."
    )
