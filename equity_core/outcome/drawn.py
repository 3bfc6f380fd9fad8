"""What draws of uncertain figures said of a plan, as a briefing tells it: in words, by its seed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """The verdict in sentences, and how it was drawn (`Ranges.to_words`); empty where it was not.

    A file that states `ranges` can be checked: the same seed gives the same words.
    """

    words: tuple[str, ...] = ()
    ranges: str = ""

    def facts(self) -> dict[str, str]:
        """What a file carries of it."""
        return {"robustness": self.ranges} if self.ranges else {}


NOT_DRAWN = Drawn()
