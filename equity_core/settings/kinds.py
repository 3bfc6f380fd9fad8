"""What may stand in an environment variable: each kind says it in words, and reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from equity_core.inputs.folders import kept

MOST_DIGITS = 20


class Kind(Protocol):
    """`allowed` completes "... must be"; `read` raises ValueError for anything else."""

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""

    def read(self, text: str) -> object:
        """The value that `text` states."""


@dataclass(frozen=True)
class Number:
    """A whole number within bounds."""

    lowest: int
    highest: int

    @property
    def allowed(self) -> str:
        """As `Kind` has it."""
        return f"a whole number from {self.lowest:,} to {self.highest:,}"

    def read(self, text: str) -> int:
        """As `Kind` has it."""
        plain = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
        if not plain or not self.lowest <= int(text) <= self.highest:
            raise ValueError
        return int(text)


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """As `Kind` has it."""
        return f"one of {', '.join(self.options)}"

    def read(self, text: str) -> str:
        """As `Kind` has it."""
        if text not in self.options:
            raise ValueError
        return text


@dataclass(frozen=True)
class File:
    """A path; a relative one is taken from where the user keeps things."""

    allowed: str = "the path of a file"

    def read(self, text: str) -> Path:
        """As `Kind` has it."""
        if "\0" in text:
            raise ValueError
        return kept() / text


@dataclass(frozen=True)
class Pattern:
    """Text of a form, or none."""

    form: str
    allowed: str

    def read(self, text: str) -> str:
        """As `Kind` has it."""
        if text and not re.fullmatch(self.form, text):
            raise ValueError
        return text


@dataclass(frozen=True)
class Hosts:
    """Hosts with blanks between them, as a content security policy names them."""

    allowed: str = (
        "hosts with blanks between them, such as https://www.example.org *.example.org, or * for "
        "all"
    )

    def read(self, text: str) -> tuple[str, ...]:
        """As `Kind` has it."""
        form = re.compile(r"\*|(https?://)?(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?", re.IGNORECASE)
        hosts = tuple(text.split())
        if not all(map(form.fullmatch, hosts)):
            raise ValueError
        return hosts
