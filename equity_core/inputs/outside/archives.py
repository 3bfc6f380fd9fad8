"""Zips from outside, workbooks among them: looked through before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from equity_core.inputs.problems import refused
from equity_core.inputs.tables import shown

LARGEST_RATIO = 200
"""Text of a table shrinks to a thirtieth; what shrinks far more holds next to nothing."""

SMALL = 16 << 20
"""Bytes up to which a part may shrink as it likes."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 1  # bit of the flags
CHUNK = 4 << 20
# What Python's zipfile is known to raise for an archive that is none.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)


@dataclass(frozen=True)
class Archive:
    """A zip whose directory was found harmless.

    name   how sentences call it
    sizes  unpacked bytes of each part by its name, folders left out
    fix    what a sentence says to do
    """

    name: str
    content: bytes
    sizes: dict[str, int]
    fix: str

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part, piece by piece; raises DatasetProblems for one damaged or longer than said."""
        left = self.sizes[part]
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
                entry = archive.getinfo(part)
                entry.file_size = 2 * left + CHUNK  # read on to the true end, whatever was said
                with archive.open(entry) as stream:
                    while chunk := stream.read(CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            self._refuse(f"{shown(part)} is longer than the archive says")
                        yield chunk
        except _BROKEN as error:
            self._refuse(_damaged(error), error)

    def read(self, part: str) -> bytes:
        """A part as a whole; raises like `chunks`."""
        return b"".join(self.chunks(part))

    def _refuse(self, fault: str, error: Exception | None = None) -> NoReturn:
        raise refused(self.name, fault, self.fix) from error


def guarded_zip(name: str, content: bytes, most_parts: int, largest: int, fix: str) -> Archive:
    """The archive `content`, called `name`; at most `most_parts` parts of `largest` bytes together.

    Raises DatasetProblems, with the remedy `fix`, for one that is damaged, too large, encrypted,
    packed in an unusual way, holds two parts of one name, or shrinks as only a bomb does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except _BROKEN as error:
        raise refused(name, _damaged(error), fix) from error
    fault = _fault(parts, len(content), most_parts, largest)
    if fault:
        raise refused(name, fault, fix)
    sizes = {part.filename: part.file_size for part in parts if not part.is_dir()}
    return Archive(name, content, sizes, fix)


def _damaged(error: Exception) -> str:
    return f"this is damaged or cut short: {shown(error)}"


def _fault(parts: list[zipfile.ZipInfo], size: int, most_parts: int, largest: int) -> str:
    """What is wrong with the directory of an archive of `size` bytes, or ""."""
    if len(parts) > most_parts:
        return f"{len(parts):,} parts are too many; it may hold {most_parts:,}"
    unpacked = sum(part.file_size for part in parts)
    if unpacked > largest:
        return f"unpacked this would take more than {largest >> 20:,} MB"
    if sum(part.compress_size for part in parts) > size:
        return "its parts lie over one another"
    # The same file where a system takes A and a, \ and / for the same.
    places = Counter(part.filename.casefold().replace("\\", "/") for part in parts)
    twice = next((place for place, count in places.items() if count > 1), "")
    if twice:
        return f"it holds {shown(twice)} twice"
    return next((fault for fault in map(_fault_of_part, parts) if fault), "")


def _fault_of_part(part: zipfile.ZipInfo) -> str:
    if part.flag_bits & ENCRYPTED:
        return "it is encrypted"
    if part.compress_type not in METHODS:
        return f"{shown(part.filename)} is packed in an unusual way"
    if part.file_size > SMALL and part.file_size > LARGEST_RATIO * part.compress_size:
        return f"{shown(part.filename)} holds next to nothing in {part.file_size >> 20:,} MB"
    return ""
