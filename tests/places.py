"""docs/FILES.md: what stands in each file, by its docstring or first comment.

`python -m tests.places` writes it anew; a test says where it is out of date.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import groupby, takewhile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs/FILES.md"
ROOMS = ("equity_core", "ui", "pages", "bench", "deploy", "supply", "data", "tests")
HEAD = """# Every module, script, template and test in a line

What stands where, by the first line of each file, for whoever looks for a place by a word. The
rooms and their order are in [ARCHITECTURE](ARCHITECTURE.md); what to touch for a change is in
[CONTRIBUTING](../CONTRIBUTING.md). Made by `python -m tests.places`.
"""


KINDS = (".py", ".js", ".css", ".html", ".typ", ".template", ".service", ".sh")
COMMENT = re.compile(r"^(?://|#|/\*|<!--|{#-)(?!!) ?(.*?)(?:\*/|-->|-#})?$")


def first_line(path: Path) -> str:
    """The first line of a module's docstring, or sentence of a comment, "" where there is none."""
    if path.suffix != ".py":
        return _first_sentence(path)
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return told.partition("\n")[0].removesuffix(":")


def listed() -> str:
    """The text of the page."""
    tops = [ROOT / name for name in ("app.py", "serve.py", "compose.yaml")]
    files = tops + [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*"), key=_place)
        if path.suffix in KINDS
    ]
    told = [path for path in files if "migrations/versions" not in path.as_posix()]
    parts = groupby(told, key=lambda path: path.parent)
    return "\n".join([HEAD, *(line for folder, own in parts for line in _part(folder, list(own)))])


def _first_sentence(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    begins = 1 if lines[0].startswith("#!") else 0
    told = list(takewhile(bool, (COMMENT.match(line.strip()) for line in lines[begins:])))
    sentence = " ".join(match[1].strip() for match in told if match).split(". ")[0]
    return sentence.rstrip(".") + "." if sentence else ""


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
