"""The exports as they would be made today, to compare others with."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cached_property
from io import BytesIO
from zipfile import ZipFile

from equity_core.answers.foresight import Foresight
from equity_core.answers.making import Making
from equity_core.answers.robustness import Examined
from equity_core.answers.side_by_side import SideBySide
from equity_core.export.origin import DESCRIPTION, README
from equity_core.outcome.drawn import NOT_DRAWN
from equity_core.verification.claims import Claim, Item
from equity_core.verification.reading import Files

PACKED = (README, DESCRIPTION)


class Wanted:
    """Single files where single ones came; all in one go where a package did."""

    def __init__(
        self, making: Making | Foresight | Examined | SideBySide, items: tuple[Item, ...]
    ) -> None:
        self._making = making
        self.whole = any(item.format == "zip" or item.export in PACKED for item in items)

    @cached_property
    def zip(self) -> bytes:
        """The package."""
        return self._making.zip()

    @cached_property
    def package(self) -> Files:
        """The files of the package; none where no package came."""
        if not self.whole:
            return {}
        with ZipFile(BytesIO(self.zip)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def export(self, item: Item) -> str:
        """Which export a file says it is; "" where it says nothing that fits."""
        if item.export or item.format not in ("png", "svg", "pdf"):
            return item.export
        known = self._making.titled
        stem = next((known[title] for title in item.titles if title in known), "")
        return f"{stem}.{item.format}" if stem else ""

    def file(self, export: str, claim: Claim | None) -> bytes:
        """An export; raises EquityError where this scenario has none of that name.

        Beside files about draws may lie a briefing that was made before any: its `claim` tells.
        """
        plain = claim is not None and not claim.robustness
        making = self._without_draws if plain else self._making
        return self.package.get(export) or making.file(export)

    @cached_property
    def _without_draws(self) -> Making | Foresight | Examined | SideBySide:
        if not isinstance(self._making, Examined):
            return self._making
        return Making(replace(self._making.answer, drawn=NOT_DRAWN))


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
