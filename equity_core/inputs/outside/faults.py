"""Errors as JSON and back: those of a fixed list, each with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from equity_core.errors import (
    DatasetError,
    EquityError,
    LinkError,
    ScenarioError,
    SolverError,
    StoreError,
)
from equity_core.inputs.problems import MOST_PROBLEMS, DatasetProblems, Problem

LONGEST_TEXT = 5_000
"""Characters of a sentence or of a part of a problem: two hundred sites, listed."""

PLAIN = {kind.__name__: kind for kind in (EquityError, DatasetError, StoreError, SolverError)}
OF_A_FIELD = {kind.__name__: kind for kind in (ScenarioError, LinkError)}
NUMBERS = ("row", "more")


def told(error: EquityError) -> dict[str, Any]:
    """What `raised_again` needs; an error that is not on the list goes by its nearest base."""
    listed = {DatasetProblems.__name__, *PLAIN, *OF_A_FIELD}
    kind = next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in listed)
    said: dict[str, Any] = {"kind": kind, "sentence": str(error)}
    if isinstance(error, DatasetProblems):
        said |= {"problems": [asdict(item) for item in error.problems], "count": error.count}
    if isinstance(error, ScenarioError):
        said["field"] = error.field
    return said


def raised_again(said: Mapping[str, Any]) -> EquityError:
    """The error, to be raised; raises KeyError, TypeError or ValueError for what is none."""
    kind, sentence = said["kind"], _text(said["sentence"])
    if kind == DatasetProblems.__name__:
        problems = tuple(_problem(item) for item in said["problems"][:MOST_PROBLEMS])
        return DatasetProblems(problems, int(said["count"]))
    if kind in OF_A_FIELD:
        return OF_A_FIELD[kind](_text(said["field"]), sentence)
    return PLAIN[kind](sentence)


def _problem(said: Mapping[str, Any]) -> Problem:
    parts: dict[str, Any] = {
        field.name: said[field.name] if field.name in NUMBERS else _text(said[field.name])
        for field in fields(Problem)
    }
    return Problem(**parts)


def _text(text: Any) -> str:
    return str(text)[:LONGEST_TEXT]
