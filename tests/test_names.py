"""One thing has one name, on every page, in every file and in the briefing.

The scenario is what is asked, "this plan" answers it, the baseline is what it is measured against
(called by its own name in a sentence: the siting of 2023, the cheapest plan), and most is carried
by "the region that carries most", for short the worst region.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.text import sentences

ROOT = Path(__file__).resolve().parents[1]
FORMER = {
    r"your (scenario|plan|settings|baseline)": "the scenario, or this plan",
    r"(the |a )?present plan": "this plan",
    r"plan (it is |they are )?compared with": "the baseline",
    r"baseline plan": "the baseline",
    r"(worst|hard(est)?)-hit": "the region that carries most",
    r"\b(than|as|like|against|with|most|it) today\b|\btoday's\b": "the year: the siting of 2023",
    r"steepest rise": "in proportion ... rises most, with both amounts",
    r"fairness charge": "weighted burden",
    r"paper's experiment": "the research paper's data",
    r"(scenario|one|take) in hand": "this scenario",
    r"\bminister": "those who decide",
    r"optimal within": "exact within, which is about the arithmetic",
    r"\b(is what binds|binds in)\b": "holds the plan back",
}
"""A name that is no more, and what to say instead."""

FOLDERS = ("equity_core/text", "equity_core/briefing", "equity_core/export", "equity_core/figures",
           "equity_core/scenario", "equity_core/measures", "equity_core/answers",
           "equity_core/robustness", "ui", "pages")  # fmt: skip
WORDED_APART = ("ui/panels/robustness", "ui/charts/robustness")
"""Their words are looked after with the draws."""


def files() -> list[Path]:
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if not str(path.relative_to(ROOT)).startswith(WORDED_APART)]


def said_in(path: Path) -> Iterator[str]:
    """The texts of a module that a reader may see: all but docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_says_a_former_name(path):
    refuse_former(path.name, " \n ".join(said_in(path)))


def test_nothing_that_is_said_has_a_former_name():
    refuse_former("sentences.txt", sentences.PLACE.read_text(encoding="utf-8"))


PRESETS = sorted((ROOT / "data/presets").glob("*.toml"))
TEMPLATES = sorted((ROOT / "equity_core/briefing/templates").iterdir())


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_no_question_to_start_from_has_a_former_name(path):
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    words = " ".join(
        str(told.get(name, "")) for name in ("label", "question", "explanation", "text", "caveat")
    )
    refuse_former(path.name, words)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_former_name(path):
    refuse_former(path.name, path.read_text(encoding="utf-8"))


def refuse_former(where: str, words: str) -> None:
    for former, instead in FORMER.items():
        found = re.search(former, words, re.IGNORECASE)
        assert found is None, f"{where} says {found[0]!r} instead of: {instead}"
