"""What `verify` found, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from equity_core.inputs.checks import few


class Verdict(StrEnum):
    """What is said of a file, or of what it states of its making."""

    SAME = "identical"
    FITS = "fits"
    ALIKE = "same figures"
    ALTERED = "altered"
    CHANGED = "other version"
    SKIPPED = "not checked"
    MISSING = "missing"
    DAMAGED = "damaged"
    DIFFERS = "differs"
    EDITED = "edited"


class Light(StrEnum):
    """A verdict as a traffic light."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


NOT_COMPARED = (Verdict.SKIPPED, Verdict.MISSING, Verdict.DAMAGED)
FALSE = (Verdict.DIFFERS, Verdict.EDITED)
HOLDING = (Verdict.SAME, Verdict.FITS)
MOST_NAMES = 5

PROVES = (
    (
        "Every file",
        "Identical means byte for byte what this program makes of the scenario that the file "
        "states. Whether that scenario is the one you want to know about, its link shows.",
    ),
    (
        "Tables, workbooks, map layers, JSON",
        "Where a file is not identical, every cell is compared. Formulas, number formats and "
        "hidden rows of a workbook are not: they can show other figures than the cells hold.",
    ),
    (
        "Briefing as a page, SVG, plain text",
        "Where a file is not identical, every line is compared.",
    ),
    (
        "PNG",
        "Where a file is not identical, every pixel is compared. A photograph, a screenshot or a "
        "picture saved by another program proves nothing.",
    ),
    (
        "PDF",
        "Only an identical file proves anything: what a PDF shows is not read. A printed page "
        "proves nothing; open the link on it and compare the figures.",
    ),
)
"""What an untouched or altered file of each kind can prove, for readers."""


@dataclass(frozen=True)
class Line:
    """One line of a report: the verdict on a file, or on fingerprint, data, product or address."""

    verdict: Verdict
    place: str
    words: str

    @property
    def light(self) -> Light:
        """Green where all is well, red where something is false, else amber."""
        if self.verdict in HOLDING:
            return Light.GREEN
        return Light.RED if self.verdict in FALSE else Light.AMBER


@dataclass(frozen=True)
class Report:
    """What `verify` found: what was not compared first, then what is false."""

    lines: tuple[Line, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Report:
        """The lines in the order in which they matter."""
        return cls(tuple(sorted(lines, key=_rank)))

    @property
    def light(self) -> Light:
        """The worst of all lines."""
        lights = {line.light for line in self.lines}
        return next(light for light in (*reversed(Light), Light.GREEN) if light in lights)

    @property
    def holds(self) -> bool:
        """Whether every file is identical and fits what is stated."""
        return self.light is Light.GREEN

    def summary(self) -> str:
        """The outcome in a few words, what was not compared first."""
        unchecked, false = self._named(NOT_COMPARED), self._named(FALSE)
        told = [f"Not checked: {unchecked}."] if unchecked else []
        if false:
            return " ".join([*told, f"Something differs: {false}."])
        if unchecked:
            agrees = self._named((Verdict.SAME, Verdict.ALIKE, Verdict.ALTERED))
            return f"{told[0]} What was compared agrees." if agrees else told[0]
        if self.holds:
            return "Identical: byte for byte what this program makes of this scenario."
        if self._named((Verdict.ALTERED, Verdict.CHANGED)):
            return "Altered; the figures that could be read agree."
        return "Same figures, other machine: they agree to one part in 1e9, the bytes do not."

    def _named(self, verdicts: Iterable[Verdict]) -> str:
        places = [line.place for line in self.lines if line.verdict in verdicts]
        return few(places, MOST_NAMES)

    def text(self) -> str:
        """The summary, all lines, and what files of these kinds can prove."""
        lines = [f"{line.verdict:<14}{line.place}: {line.words}" for line in self.lines]
        proves = [] if self.holds else ["", *(f"{kind}: {words}" for kind, words in PROVES)]
        return "\n".join([self.summary(), "", *lines, *proves])


def _rank(line: Line) -> int:
    order = (NOT_COMPARED, FALSE, HOLDING)
    ranks = (0, 1, 3)
    return next((rank for rank, some in zip(ranks, order, strict=True) if line.verdict in some), 2)
