"""docs/FILES.md: what stands in each file of the product, by the first line of its docstring.

`python -m tests.places` writes it anew; a test says where it is out of date.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs/FILES.md"
ROOMS = ("equity_core", "ui", "pages", "bench", "deploy", "supply")
HEAD = """# Every file in a line

What stands where, by the first line of each file, for whoever looks for a place by a word. The
rooms and their order are in [ARCHITECTURE](ARCHITECTURE.md); what to touch for a change is in
[CONTRIBUTING](../CONTRIBUTING.md). Made by `python -m tests.places`.
"""


def first_line(path: Path) -> str:
    """The first line of a module's docstring, "" where it has none."""
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return told.partition("\n")[0].removesuffix(":")


def listed() -> str:
    """The text of the page."""
    tops = [ROOT / "app.py", ROOT / "serve.py"]
    files = tops + [
        path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"), key=_place)
    ]
    told = [path for path in files if "migrations/versions" not in path.as_posix()]
    parts = groupby(told, key=lambda path: path.parent)
    return "\n".join([HEAD, *(line for folder, own in parts for line in _part(folder, list(own)))])


def _place(path: Path) -> tuple[str, str]:
    return path.parent.as_posix(), path.name


def _part(folder: Path, own: list[Path]) -> Iterator[str]:
    name = folder.relative_to(ROOT).as_posix()
    whole = next((first_line(path) for path in own if path.stem == "__init__"), "")
    yield f"## {'At the top' if name == '.' else f'{name}/'}\n"
    yield from ([f"{whole}\n"] if whole else [])
    named = [path for path in own if path.stem != "__init__"]
    yield from (f"* `{path.name}`: {first_line(path)}" for path in named)
    yield ""


if __name__ == "__main__":
    FILE.write_text(listed().rstrip() + "\n", encoding="utf-8")
