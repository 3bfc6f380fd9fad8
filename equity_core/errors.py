"""Every error that equity_core raises on purpose.

EquityError            exit code 2: the text is one sentence for the user, with its remedy
|-- ScenarioError      a field of the scenario is wrong; `.field` names it
|   |-- UnknownFieldError  there is no such field
|   `-- LinkError          a link or scenario file cannot be read
|-- DatasetError       a data set is missing or one of its figures is wrong
|   `-- DatasetProblems    all problems of somebody's files (inputs/problems.py)
|-- SweepError         a sweep's file cannot be used, or nobody is there to answer its questions
|-- SettingError       an environment variable of the server cannot be used
|-- StoreError         saved data cannot be reached, or there is no room for more
|   `-- StoreAwayError     ... for a reason that whoever runs the server must look at: `.reason`
|-- InfeasibleError    exit code 3: no plan can meet the demand; `.details` says where
|-- SolverError        exit code 4: the certificate was not reached
`-- TimeLimitError     exit code 4: the time that one question may take was over before
"""

from __future__ import annotations

import copyreg
from typing import Any

LONGEST_ECHO = 80
"""Characters of what was given that a sentence repeats."""


def shown(value: object) -> str:
    """What was given as a sentence may repeat it: text in quotes, no more than 80 characters, none
    of which a terminal would obey."""
    if isinstance(value, float):
        # No shorter than it takes to tell what was given from a bound that it exceeds.
        return f"{value:.12g}"
    try:
        text = repr(value[: LONGEST_ECHO + 1] if isinstance(value, str) else value)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        return "a number of thousands of digits"
    # Characters that print as nothing at all are written as escapes by repr().
    return text if len(text) <= LONGEST_ECHO else f"{text[: LONGEST_ECHO - 3]}..."


def printable(text: str) -> str:
    """`text` with every character that a terminal would obey, but for line breaks, as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)


def clipped(text: str, most: int = LONGEST_ECHO) -> str:
    """At most `most` characters of `text` on one line, those that cannot be seen as escapes."""
    told = printable(text[: most + 1]).replace("\n", "\\n")
    return told if len(told) <= most else f"{told[: most - 3]}..."


class EquityError(Exception):
    """Base of all errors; `str(error)` may be shown to the user as it stands."""

    exit_code = 2

    def __str__(self) -> str:
        return printable(super().__str__())

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors come back from other processes, where pickle would call __init__ with the
        # sentence alone.
        return copyreg.__newobj__, (type(self), *self.args), vars(self)  # type: ignore[attr-defined]


class ScenarioError(EquityError):
    """A scenario field has a value that cannot be used."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


class UnknownFieldError(ScenarioError):
    """There is no such field."""


class LinkError(ScenarioError):
    """A link or scenario file cannot be read."""


class DatasetError(EquityError):
    """A data set cannot be found or one of its figures cannot be used."""


class SweepError(EquityError):
    """A sweep's file cannot be used, or nobody is there to answer its questions."""


class SettingError(EquityError):
    """An environment variable of the server has a value that cannot be used."""


class StoreError(EquityError):
    """The store cannot be reached, is full, or holds something that cannot be read."""


class StoreAwayError(StoreError):
    """The store cannot be used now; `reason` says why and repeats nothing of its address."""

    def __init__(self, problem: str, reason: str) -> None:
        super().__init__(problem)
        self.reason = reason


class InfeasibleError(EquityError):
    """No dispatch satisfies the physics; `details` names hours, sites and the shortfall in MW."""

    exit_code = 3

    def __init__(self, problem: str, details: dict[str, Any]) -> None:
        super().__init__(problem)
        self.details = details


class SolverError(EquityError):
    """The solver stopped before its answer was certified."""

    exit_code = 4


class TimeLimitError(EquityError):
    """The time that one question may take was over; this says nothing about its answer."""

    exit_code = 4
