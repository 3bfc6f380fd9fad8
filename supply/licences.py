"""`make licences`: the licence of every package that the server installs, into docs/LICENCES.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "requirements.txt"
TABLE = ROOT / "docs" / "LICENCES.md"
HEAD = """# Licences of what the server installs

Made by `make licences` from requirements.txt: each package at its pinned version, with the licence
that it states itself. Those of the bundled data stand beside the data (`data/*/LICENCE*`).

| package | version | licence |
|---|---|---|
"""
LONGEST = 60
"""Characters of a licence's name; some packages state the whole text where the name belongs."""

UNKNOWN = "not installed on this system"


def pins(path: Path = PINS) -> Iterator[Requirement]:
    """The packages of a file of pins, in its order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.match(r"[a-zA-Z0-9]", line):
            yield Requirement(line.removesuffix("\\").strip())


def licence_of(package: str) -> str:
    """What an installed package says of its licence: the expression, else classifiers, else a name.

    Raises PackageNotFoundError where it is not installed.
    """
    said = metadata(package)
    if "License-Expression" in said:
        return said["License-Expression"]
    stated = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier") or []
        if line.startswith("License :: ") and not line.endswith("OSI Approved")
    ]
    return " OR ".join(stated) or _first_line((said.get_all("License") or [""])[0])


def _first_line(text: str) -> str:
    return text.partition("\n")[0][:LONGEST]


def row(pin: Requirement) -> str:
    """A line of the table."""
    (version,) = pin.specifier
    try:
        licence = licence_of(pin.name)
    except PackageNotFoundError:
        licence = f"{UNKNOWN} ({pin.marker})"
    return f"| {pin.name} | {version.version} | {licence} |"


def main() -> None:
    """Write the table."""
    TABLE.write_text(HEAD + "\n".join(map(row, pins())) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
