"""Reading what is to be verified: a file, a folder or a zip, whole and of a sensible size."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile

from equity_core.errors import EquityError

Files = dict[str, bytes]

LARGEST = 1_000_000_000
"""Bytes of all files together once unpacked: a year of hundreds of sites."""

MOST_FILES = 200


def read_files(place: str | Path) -> Files:
    """The files at `place` by name; those of a zip where it is one.

    Raises EquityError for what cannot be read, is damaged or is far too large.
    """
    path = Path(place)
    try:
        if not path.is_dir():
            return read_upload(path.name, path.read_bytes())
        inside = sorted(item for item in path.iterdir() if item.is_file())
        _check_size(path.name, len(inside), sum(item.stat().st_size for item in inside))
        return {item.name: item.read_bytes() for item in inside}
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EquityError(
            f"{path} cannot be read: {reason}. Give a file, a folder or a zip that this program "
            "has written."
        ) from error


def read_upload(name: str, content: bytes) -> Files:
    """One file by name, or those in it where it is a zip; raises EquityError like `read_files`."""
    if not (name.lower().endswith(".zip") or (content.startswith(b"PK") and _is_package(content))):
        return {name: content}
    try:
        with ZipFile(BytesIO(content)) as archive:
            places = [place for place in archive.infolist() if not place.is_dir()]
            _check_size(name, len(places), sum(place.file_size for place in places))
            return {Path(place.filename).name: archive.read(place) for place in places}
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise EquityError(
            f"{name} is damaged or cut short ({error}). Download or copy it again; nothing in it "
            "was verified."
        ) from error


def _is_package(content: bytes) -> bool:
    """Whether these bytes are a zip of ours by another name; a spreadsheet is a zip too."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return "datapackage.json" in archive.namelist()
    except BadZipFile:
        return False


def _check_size(name: str, files: int, size: int) -> None:
    if files > MOST_FILES or size > LARGEST:
        raise EquityError(
            f"{name} holds {files:,} files of {size / 1e6:,.0f} MB together, but at most "
            f"{MOST_FILES} files of {LARGEST / 1e6:,.0f} MB are read; verify its files one by one."
        )
