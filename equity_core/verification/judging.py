"""The verdict on one file: identical, or what differs from the one made anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from equity_core.errors import EquityError, clipped
from equity_core.export.origin import DESCRIPTION
from equity_core.inputs.outside import RoomError, open_outside
from equity_core.text.numbers import percent
from equity_core.verification.claims import Claim, Item
from equity_core.verification.differences import Difference, differences
from equity_core.verification.opened.sheets import Sheets
from equity_core.verification.opened.tasks import read
from equity_core.verification.reading import Files
from equity_core.verification.report import Line, Verdict
from equity_core.verification.wanted import Wanted, digest

CELLS = "equity_core.verification.opened.tasks:cells"
MOST_DIFFERENCES = 5
"""Told of each file; the rest are counted."""

BY_HAND = 1e-6
"""Relative difference that no solver explains: a thousand times what every plan is certified to."""

NOUNS = {
    "gpkg": "a GeoPackage",
    "geojson": "GeoJSON",
    "xlsx": "an XLSX workbook",
    "png": "a PNG picture",
    "pdf": "a PDF",
    "zip": "a zip",
}
NOT_READ = {
    "xlsx": "formulas, number formats, hidden rows and columns",
    "png": "texts and other data beside its pixels",
    "gpkg": "free space between its tables",
}
"""What is not compared where a file of this format is not identical."""


@dataclass
class Judge:
    """Compares files with those made anew; `about` are the lines on fingerprint and versions.

    `restated`: what a file of other versions states -> what it would state today.
    """

    files: Files
    wanted: Wanted
    claim: Claim
    restated: Mapping[str, str]
    about: Sequence[Line]
    _compared: set[tuple[str, str]] = field(default_factory=set)

    def line(self, item: Item) -> Line:
        """The line about one file that is no package."""
        if item.problem:
            return Line(Verdict.DAMAGED, item.place, item.problem)
        export = self.wanted.export(item)
        if not export:
            return Line(Verdict.SKIPPED, item.place, _unknown(item))
        if item.claim is not None and item.claim.fingerprint != self.claim.fingerprint:
            others = f"the other files to {clipped(self.claim.fingerprint)}"
            words = f"belongs to {clipped(item.claim.fingerprint)}, {others}"
            return Line(Verdict.EDITED, item.place, words)
        try:
            anew = self.wanted.file(export, item.claim)
        except EquityError as error:
            return Line(Verdict.SKIPPED, item.place, str(error))
        return self._beside(item, export, anew)

    def package(self, item: Item, inside: Sequence[Line]) -> Line:
        """The line about a package with the lines about what is in it."""
        if self.files[item.name] == self.wanted.zip:
            return Line(Verdict.SAME, item.place, "the package, byte for byte")
        verdicts = {line.verdict for line in inside}
        if verdicts <= {Verdict.SAME, Verdict.ALIKE} and Verdict.ALIKE in verdicts:
            words = "a package of the same figures, as other machines make it"
            return Line(Verdict.ALIKE, item.place, words)
        words = "is not the package as this program packs it; its files are judged one by one"
        return Line(Verdict.ALTERED, item.place, words)

    def _beside(self, item: Item, export: str, anew: bytes) -> Line:
        """A file beside the one made anew."""
        if item.sha256 == digest(anew):
            return Line(Verdict.SAME, item.place, f"{export}, byte for byte")
        if item.format == "pdf":
            words = f"differs from {export} made anew, and what a PDF shows is not read"
            return Line(Verdict.SKIPPED, item.place, words)
        if item.member and (item.name, export) in self._compared:
            return Line(Verdict.SKIPPED, item.place, f"a further file that says it is {export}")
        self._compared.add((item.name, export))
        return self._compare(item, export, anew)

    def _compare(self, item: Item, export: str, anew: bytes) -> Line:
        options = {"member": item.member, "format": item.format}
        try:
            reply = open_outside(CELLS, {item.name: self.files[item.name]}, options)
            given = _texts(reply.tables)
        except RoomError as error:
            return Line(Verdict.DAMAGED, item.place, f"cannot be read: {error.fault}")
        except EquityError as error:
            return Line(Verdict.DAMAGED, item.place, f"cannot be read: {error}")
        record, sheets = read(item.format, anew)
        found = differences(given, sheets, {} if self._unchanged else self.restated)
        shown = [one for one in found if not one.place.startswith("sheet #")]
        if export == DESCRIPTION:
            shown = [one for one in shown if not _describes(one)]
        if shown:
            return self._differing(item, export, shown, sheets)
        if export == DESCRIPTION and found:
            return Line(Verdict.ALIKE, item.place, "describes files of the same figures")
        if found == shown and reply.record["skeleton"] == record["skeleton"] != "":
            words = f"{export} with the same figures to one part in 1e9, as other machines make it"
            return Line(Verdict.ALIKE, item.place, words)
        return Line(Verdict.ALTERED, item.place, _altered(item, export, found))

    def _differing(self, item: Item, export: str, shown: list[Difference], sheets: Sheets) -> Line:
        largest = max(one.size for one in shown)
        verdict = Verdict.EDITED if self._unchanged and largest > BY_HAND else Verdict.DIFFERS
        told = _tiles_told(shown, sheets) if item.format == "png" else _told(shown)
        return Line(verdict, item.place, f"{export}: {told}")

    @property
    def _unchanged(self) -> bool:
        """Whether scenario, data and product are what they were."""
        return all(line.verdict is Verdict.FITS for line in self.about)

    def about_package(self, items: Sequence[Item]) -> Iterator[Line]:
        """What a package lacks, and whether its description fits the files beside it."""
        exports = {self.wanted.export(item) for item in items}
        for name in self.wanted.package:
            if name not in exports:
                yield Line(Verdict.MISSING, name, "belongs to this package")
        for item in items:
            if item.described:
                yield from _hashes(item, items)


def _texts(tables: Mapping[str, pa.Table]) -> Sheets:
    """The tables; raises EquityError where one holds anything but text."""
    for table in tables.values():
        if any(column.type != pa.string() or column.null_count for column in table.columns):
            raise EquityError("its cells did not come back as text; it was not compared")
    return dict(tables)


def _hashes(description: Item, items: Sequence[Item]) -> Iterator[Line]:
    """Files whose SHA-256 is not what the description beside them says."""
    beside = {
        item.file: item.sha256
        for item in items
        if bool(item.member) == bool(description.member) and item is not description
    }
    wrong = [
        name
        for name, stated in description.described.items()
        if name in beside and beside[name] != stated
    ]
    if wrong:
        words = f"states another SHA-256 than these files have: {clipped(', '.join(wrong))}"
        yield Line(Verdict.EDITED, description.place, words)


def _describes(one: Difference) -> bool:
    """Sizes and hashes in a description, which are compared with the files themselves."""
    return ".hash), column value" in one.place or ".bytes), column value" in one.place


def _unknown(item: Item) -> str:
    """Why nothing was compared, for a file that is no export."""
    ending = item.file.rpartition(".")[2].lower()
    if ending in NOUNS and item.format not in (ending, "json"):
        return f"by its content this is not {NOUNS[ending]}; it was not opened"
    return "by its content this is none of the files that this program exports"


def _altered(item: Item, export: str, found: list[Difference]) -> str:
    parts = [one.place.removeprefix("sheet #") for one in found]
    built = f"; built otherwise: {clipped('; '.join(parts), 160)}" if parts else ""
    unread = f"; not compared: {NOT_READ[item.format]}" if item.format in NOT_READ else ""
    return f"not the bytes of {export}, but every cell that could be read agrees{unread}{built}"


def _told(found: list[Difference]) -> str:
    sentences = [item.sentence() for item in found[:MOST_DIFFERENCES]]
    if more := len(found) - len(sentences):
        sentences.append(f"and {more:,} more")
    sizes = [item.size for item in found if np.isfinite(item.size)]
    if sizes:
        sentences.append(f"numbers differ by up to {percent(100 * max(sizes))}")
    return "; ".join(sentences)


def _tiles_told(found: list[Difference], sheets: Sheets) -> str:
    """Which part of a picture differs, and what else changes how it looks."""
    tiles = [one for one in found if one.place.startswith("sheet pixels")]
    others = _told([one for one in found if one not in tiles])
    if not tiles:
        return others
    share = percent(100 * len(tiles) / len(sheets["pixels"]))
    place = tiles[0].place.partition("(")[2].partition(")")[0]
    words = f"{share} of its area is drawn otherwise, first at pixel {place}"
    return f"{words}; {others}" if others else words
