"""A sweep's file, TOML or CSV, which may come from anybody: every wrong place is a sentence."""

from __future__ import annotations

import os
from pathlib import Path

from equity_core.errors import SweepError, shown
from equity_core.sweeps.csv_file import csv_steps
from equity_core.sweeps.design import MOST_QUESTIONS, Sweep
from equity_core.sweeps.toml_file import TomlFile

LARGEST_FILE = 50_000_000
"""Bytes: a CSV of a million rows of a few fields."""


def read_sweep(path: Path) -> Sweep:
    """The sweep that a file states; raises `SweepError` with file, place, value and remedy."""
    # A name in another encoding than the system's could stand in no table.
    name, ending = os.fsencode(path.name).decode(errors="replace"), path.suffix.lower()
    if ending not in (".toml", ".csv"):
        raise SweepError(
            f"{shown(name)} ends neither in .toml nor in .csv; give a sweep as one of these."
        )
    content = _content(path)
    text = _decoded(name, content)
    if ending == ".csv":
        return _limited(Sweep(name, content, path.stem, "", (csv_steps(name, text),), None))
    return _limited(TomlFile(name, text).sweep(content))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SweepError(
            f"{shown(str(path))} cannot be read: {reason}; give the path of a sweep's file."
        ) from error
    if len(content) > LARGEST_FILE:
        raise SweepError(
            f"{shown(path.name)} is larger than {LARGEST_FILE // 1_000_000} MB; state a grid or "
            "random values instead of their list, or cut it into several sweeps."
        )
    return content


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SweepError(f"{shown(name)} is not a text file in UTF-8; save it as one.") from error


def _limited(sweep: Sweep) -> Sweep:
    if sweep.count > MOST_QUESTIONS:
        sizes = " x ".join(f"{len(axis):,}" for axis in sweep.axes if len(axis) > 1)
        times = f" x {sweep.draws.count:,} draws" if sweep.draws else ""
        raise SweepError(
            f"{sweep.source} asks {sweep.count:,} questions ({sizes}{times}), but a sweep has at "
            f"most {MOST_QUESTIONS:,}; cut it into several."
        )
    return sweep
