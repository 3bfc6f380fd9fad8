"""What `verify` found, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What is said of a file or of what it was made from."""

    SAME = "same"
    DIFFERS = "differs"
    EDITED = "edited"
    CHANGED = "changed"
    MISSING = "missing"
    DAMAGED = "damaged"
    SKIPPED = "not checked"


HOLDING = (Verdict.SAME, Verdict.SKIPPED)


@dataclass(frozen=True)
class Line:
    """One line of a report: the verdict on a file, or on fingerprint, data or product."""

    verdict: Verdict
    place: str
    words: str


@dataclass(frozen=True)
class Report:
    """What `verify` found, line by line."""

    lines: tuple[Line, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing differs."""
        return all(line.verdict in HOLDING for line in self.lines)

    def summary(self) -> str:
        """The outcome in one sentence."""
        failing = sum(line.verdict not in HOLDING for line in self.lines)
        if not failing:
            return "Everything that was checked holds."
        return f"{failing} of {len(self.lines)} checks failed."

    def text(self) -> str:
        """All lines and the summary."""
        lines = [f"{line.verdict:<12}{line.place}: {line.words}" for line in self.lines]
        return "\n".join([*lines, self.summary()])
