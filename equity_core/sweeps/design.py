"""What a sweep asks: axes, each with a row a step, and every combination of their steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

from equity_core.sweeps.draws import Draws
from equity_core.sweeps.question import LABEL, Question

MOST_QUESTIONS = 1_000_000


@dataclass(frozen=True)
class Value:
    """One key of a step: as a link writes it, and as a table holds it."""

    text: str
    value: Any


Step = dict[str, Value]


@dataclass(frozen=True)
class Sweep:
    """A sweep as its file states it, every value checked by itself.

    source  the file's name; `content` its bytes, which go beside the table
    axes    the first changes slowest; no key stands in two of them
    """

    source: str
    content: bytes
    title: str
    question: str
    axes: tuple[tuple[Step, ...], ...]
    draws: Draws | None

    @property
    def count(self) -> int:
        """How many questions."""
        return prod(len(axis) for axis in self.axes) * (self.draws.count if self.draws else 1)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every key that is set anywhere, in the order of the file."""
        return tuple(dict.fromkeys(key for axis in self.axes for step in axis for key in step))

    @cached_property
    def labelled(self) -> bool:
        """Whether any question has a label."""
        return LABEL in self.keys

    def values(self, key: str) -> tuple[Value, ...]:
        """All that is set for a key, each once."""
        found = [step[key] for axis in self.axes for step in axis if key in step]
        return tuple({value.text: value for value in found}.values())

    def step(self, number: int) -> tuple[Step, int | None]:
        """What the question `number` (from 0) sets, and its draw: draws change fastest."""
        rest, draw = divmod(number, self.draws.count) if self.draws else (number, None)
        places = []
        for axis in reversed(self.axes):
            rest, place = divmod(rest, len(axis))
            places.append(axis[place])
        merged: Step = {}
        for step in reversed(places):
            merged |= step
        return merged, draw

    def asked(self, number: int) -> Question:
        """The question `number` (from 0)."""
        step, draw = self.step(number)
        return Question(tuple((key, value.text) for key, value in step.items()), draw)

    def questions(self, first: int, end: int) -> Iterator[Question]:
        """The questions from `first` up to but not including `end`."""
        return (self.asked(number) for number in range(first, end))
