"""docs/METHOD.md and the docstrings agree on the equations."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
METHOD = (ROOT / "docs" / "METHOD.md").read_text(encoding="utf-8")
NUMBERED = re.compile(r"^    \((\d+)\)", re.MULTILINE)
CITED = re.compile(r"docs/METHOD\.md((?:,? \(\d+\))+)")


def citations() -> dict[int, str]:
    """Equation -> the file of a docstring that cites it."""
    found = {}
    for path in sorted((ROOT / "equity_core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = " ".join((ast.get_docstring(node) or "").split())
                for cited in CITED.findall(text):
                    found |= {int(number): path.name for number in re.findall(r"\d+", cited)}
    return found


def test_every_equation_has_a_number_of_its_own():
    numbers = sorted(int(number) for number in NUMBERED.findall(METHOD))
    assert numbers == list(range(1, len(numbers) + 1))


def test_docstrings_cite_every_equation_and_no_other():
    assert set(citations()) == {int(number) for number in NUMBERED.findall(METHOD)}
