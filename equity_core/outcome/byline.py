"""Who hands a briefing over, and when: only what the reader gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self
from urllib.parse import quote, unquote

LONGEST = 80
"""Characters of each that are kept."""


@dataclass(frozen=True)
class Byline:
    """Author, institution and date as they are to stand on the page; empty where none is given."""

    author: str = ""
    institution: str = ""
    date: str = ""

    def __post_init__(self) -> None:
        for name, text in asdict(self).items():
            object.__setattr__(self, name, " ".join(text.split())[:LONGEST])

    @property
    def words(self) -> str:
        """What is given, as one line."""
        return ", ".join(text for text in asdict(self).values() if text)

    def facts(self) -> dict[str, str]:
        """`FACTS` -> text that holds no space, for keywords; nothing where none is given."""
        return {f"byline_{name}": quote(text) for name, text in asdict(self).items() if text}

    @classmethod
    def of(cls, facts: Mapping[str, str]) -> Self:
        """What `facts` were made from."""
        return cls(**{name: unquote(facts.get(f"byline_{name}", "")) for name in asdict(cls())})


NOBODY = Byline()
FACTS = tuple(f"byline_{name}" for name in asdict(Byline()))
"""The names of what a file carries."""
