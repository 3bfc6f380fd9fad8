"""Writing files: all of them or none."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from errno import EEXIST
from pathlib import Path
from tempfile import TemporaryDirectory

from equity_core.errors import EquityError, shown


def write_files(folder: str | Path, files: Mapping[str, bytes]) -> None:
    """Write all of `files` (name to contents) into `folder`, or leave it as it was.

    Everything is first written to a hidden folder on the same disk and then renamed into place.
    Raises EquityError where the folder cannot be written or a name is not a plain file name.
    """
    target = Path(folder)
    _check_names(files)
    try:
        beside = target if target.is_dir() else target.parent
        beside.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".writing-", dir=beside) as staging:
            _publish(_staged(Path(staging), files), target, Path(staging))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EquityError(
            f"The files could not be written to {shown(str(target))}: {reason}. "
            "Nothing was changed there; choose a folder that you may write to and that has room."
        ) from error


def write_file(place: str | Path, contents: bytes) -> None:
    """Write one file, or leave its folder as it was; raises EquityError like `write_files`."""
    path = Path(place)
    write_files(path.parent, {path.name: contents})


def _check_names(files: Mapping[str, bytes]) -> None:
    for name in files:
        if name in ("", ".", "..") or Path(name).name != name:
            raise EquityError(
                f"{shown(name)} cannot be a file name; use a plain name such as regions.csv."
            )


def _staged(staging: Path, files: Mapping[str, bytes]) -> Path:
    ready = staging / "ready"
    ready.mkdir()
    for name, contents in files.items():
        (ready / name).write_bytes(contents)
    return ready


def _publish(ready: Path, target: Path, staging: Path) -> None:
    """Rename `ready` to `target`, or its files into it when `target` is already there."""
    if target.is_dir():
        _replace_each(ready, target, staging / "former")
    else:
        ready.rename(target)


def _replace_each(ready: Path, target: Path, former: Path) -> None:
    """Move every file of `ready` into `target`; on failure put the former files back."""
    former.mkdir()
    moved: list[Path] = []
    try:
        for source in sorted(ready.iterdir()):
            place = target / source.name
            if place.exists() and not place.is_file():  # a device, say, or a folder
                raise FileExistsError(EEXIST, "something that is no file has that name")
            if place.is_file():
                shutil.copy2(place, former / source.name)
            source.replace(place)
            moved.append(place)
    except OSError:
        for place in moved:
            _put_back(place, former / place.name)
        raise


def _put_back(place: Path, former: Path) -> None:
    if former.exists():
        former.replace(place)
    else:
        place.unlink()
