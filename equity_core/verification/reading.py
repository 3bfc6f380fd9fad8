"""Reading what is to be verified: a file or the files of a folder, of a sensible size, unopened."""

from __future__ import annotations

from pathlib import Path

from equity_core.errors import EquityError, clipped

Files = dict[str, bytes]

LARGEST = 400_000_000
"""Bytes of all files together: what the room where they are opened has space for."""

MOST_FILES = 200


def read_files(place: str | Path) -> Files:
    """The file at `place`, or those in it where it is a folder, by name.

    Raises EquityError for what cannot be read or is far too large.
    """
    path = Path(place)
    try:
        inside = sorted(item for item in path.iterdir() if item.is_file()) if path.is_dir() else []
        found = inside if path.is_dir() else [path]
        _check_size(path.name, len(found), sum(item.stat().st_size for item in found))
        return {item.name: item.read_bytes() for item in found}
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EquityError(
            f"{clipped(str(path))} cannot be read: {reason}. Give a file, a folder or a zip that "
            "this program has written."
        ) from error


def _check_size(name: str, files: int, size: int) -> None:
    if files > MOST_FILES or size > LARGEST:
        raise EquityError(
            f"{clipped(name)} holds {files:,} files of {size / 1e6:,.0f} MB together, but at "
            f"most {MOST_FILES} files of {LARGEST / 1e6:,.0f} MB are read; verify its files one by "
            "one."
        )
