"""What is wrong with somebody's files: all faults, each a sentence with place and remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from equity_core.arrays import Positions
from equity_core.errors import DatasetError

MOST_PROBLEMS = 100
MOST_ALIKE = 5  # of one kind in one column: the rest are counted
MOST_COMPARED = 1000  # of which equal ones are told once

Question = Literal["", "unit", "time zone", "gaps", "rate"]


@dataclass(frozen=True)
class Problem:
    """One fault. `str(problem)` is the sentence.

    file    the file, with the sheet where it has several; empty for all files together
    row     as a spreadsheet counts (the header is row 1), or None
    column  the column's heading as written, or empty
    value   what stands there, or empty
    fault   what is wrong, where more than the value is
    allowed what may stand there: a range with its unit, or a list of words
    fix     what to do
    more    further places with the same fault that are not listed
    asks    the answer of `UploadAnswers` that would settle it, or empty; "rate" is asked about
            the currency in `value`
    """

    file: str
    fix: str
    row: int | None = None
    column: str = ""
    value: str = ""
    fault: str = ""
    allowed: str = ""
    more: int = 0
    asks: Question = ""

    def __str__(self) -> str:
        place = ", ".join(
            part for part in (self.file, f"row {self.row}" if self.row else "") if part
        )
        others = f" (and {self.more:,} more like it)" if self.more else ""
        return f"{place + ': ' if place else ''}{self._fault()}{others}. {self.fix}"

    def _fault(self) -> str:
        if self.fault:
            return self.fault
        stands = f"is {self.value}" if self.value else "is empty"
        return f"{self.column} {stands}, but must be {self.allowed}"


class DatasetProblems(DatasetError):
    """Files that cannot become a data set; `problems` lists up to 100 faults, `count` has all."""

    def __init__(self, problems: tuple[Problem, ...], count: int) -> None:
        others = f" ({count - 1:,} more problems were found.)" if count > 1 else ""
        super().__init__(f"{problems[0]}{others}")
        self.problems = problems
        self.count = count


class Findings:
    """Collects problems while files are read; the same sentence is kept once.

    notes    what was read otherwise than it is written, or left out: sentences, no problems
    changes  what was done with exports of publishers, to be confirmed: sentences
    """

    def __init__(self) -> None:
        self._problems: dict[str, Problem] = {}
        self.notes: list[str] = []
        self.changes: list[str] = []

    def add(self, problem: Problem) -> None:
        """Note one problem."""
        self._problems.setdefault(str(problem), problem)

    def note(self, sentence: str) -> None:
        """Say something that is no problem, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def changed(self, sentence: str) -> None:
        """Say what was done with a file, for whoever brings it to confirm."""
        self.changes.append(sentence)

    def each(self, places: Positions, make: Callable[[int], Problem]) -> None:
        """Note a problem at each of `places`: equal ones once, few in full, the rest counted."""
        kinds: dict[Problem, tuple[Problem, int]] = {}
        counted = 0
        for problem in map(make, places[:MOST_COMPARED].tolist()):
            kind = _kind(problem)
            first, count = kinds.get(kind, (problem, 0))
            if count or len(kinds) < MOST_ALIKE:
                kinds[kind] = first, count + 1
                counted += 1
        rest = len(places) - counted
        for at, (first, count) in enumerate(kinds.values(), 1):
            self.add(replace(first, more=count - 1 + (rest if at == len(kinds) else 0)))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems.values())

    def __bool__(self) -> bool:
        return bool(self._problems)

    def refuse(self) -> None:
        """Raise DatasetProblems when anything was noted."""
        if self._problems:
            problems = tuple(self._problems.values())
            count = sum(1 + problem.more for problem in problems)
            raise DatasetProblems(problems[:MOST_PROBLEMS], count)


def _kind(problem: Problem) -> Problem:
    """What equal problems share: all but the row, and the value where the fault says enough."""
    if not problem.fault or not problem.value:
        return replace(problem, row=None)
    return replace(problem, row=None, value="", fault=problem.fault.replace(problem.value, ""))


def refused(file: str, fault: str, fix: str) -> DatasetProblems:
    """A single problem that ends the reading, to be raised."""
    return DatasetProblems((Problem(file, fix, fault=fault),), 1)
