"""One zip a scenario: files written one after another, described at the end, the same every time.

No file carries the date of its making: where the format demands one it is 1 January 1980.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from equity_core.export.datapackage import Stamp
from equity_core.version import NO_DATE

Contents = Iterable[bytes]
"""A file's bytes in pieces, so that a large one never stands whole in memory."""

READABLE = 0o644 << 16
UNIX = 3


def write_zip(
    target: IO[bytes],
    files: Mapping[str, Callable[[], Contents]],
    closing: str,
    describe: Callable[[Mapping[str, Stamp]], bytes],
) -> None:
    """Write `files` (name to maker) into `target`, then the file `closing` that describes them."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        stamps = {name: _add(archive, name, make()) for name, make in files.items()}
        _add(archive, closing, [describe(stamps)])


def _add(archive: ZipFile, name: str, contents: Contents) -> Stamp:
    place = ZipInfo(name, NO_DATE.timetuple()[:6])
    place.compress_type, place.external_attr, place.create_system = ZIP_DEFLATED, READABLE, UNIX
    size, digest = 0, hashlib.sha256()
    with archive.open(place, "w") as file:
        for piece in contents:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    return Stamp(size, digest.hexdigest())
