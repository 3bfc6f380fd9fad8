"""CONTRIBUTING and ARCHITECTURE tell the truth: what they name is there, and their recipes work."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from equity_core import Scenario, load_dataset, solve
from tests import places
from tests.scratch import ROOT, scratch_copy

MEAN = '''"""The mean of all regions."""

from equity_core.arrays import Floats
from equity_core.measures.measure import Measure
from equity_core.measures.worst_share import WorstShare


def _term(name: str, quantity: int, weight: float, lens: Floats, _: float) -> WorstShare:
    return WorstShare(name, quantity, weight, lens, 1.0)


MEAN = Measure(
    name="mean",
    label="Mean of all regions",
    explanation="The mean burden of all regions.",
    words="the mean of all regions",
    equation="mean of z (mean)",
    term=_term,
)
'''


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/ARCHITECTURE.md"])
def test_every_file_and_folder_that_is_named_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`((?:equity_core|ui|pages|tests|docs|data)/[\w/.-]*)", text)
    named += re.findall(r"\]\(([\w/.-]+)\)", text)
    assert len(named) > 10
    places = [(ROOT / name).parent, ROOT]
    lost = [x for x in named if "NAME" not in x and not any((p / x).exists() for p in places)]
    assert lost == []


def test_each_recipe_is_short() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipes = text.partition("## To add ...")[2].partition("\n## ")[0].strip().split("\n\n")
    assert len(recipes) >= 8
    assert all(recipe.startswith("**A") for recipe in recipes)
    assert max(recipe.count("\n") + 1 for recipe in recipes) < 15


@pytest.mark.slow
def test_a_measure_is_its_own_file_and_a_line_of_one_table(tmp_path: Path) -> None:
    copy = scratch_copy(tmp_path)
    (copy / "equity_core/measures/mean.py").write_text(MEAN, encoding="utf-8")
    table = copy / "equity_core/measures/table.py"
    text = table.read_text(encoding="utf-8")
    text = text.replace("(WORST, ", "(WORST, MEAN, ")
    imported = "from equity_core.measures.mean import MEAN\n"
    table.write_text(
        text.replace(
            "from equity_core.measures.measure", imported + "from equity_core.measures.measure"
        ),
        encoding="utf-8",
    )
    told = json.loads(said(copy, "solve", "--set", "measure=mean", "--json"))
    expected = solve(
        Scenario(measure="worst_share", measure_parameter=1.0), load_dataset("paper-2022")
    )
    assert told["objective"] == pytest.approx(expected.objective, rel=1e-8)
    assert said(copy, "foresight", "--set", "measure=mean")


def said(copy: Path, *arguments: str) -> str:
    """What the command line of a checkout prints."""
    done = subprocess.run(
        [sys.executable, "-m", "equity_core", *arguments],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_list_of_files_is_that_of_today() -> None:
    assert places.FILE.read_text(encoding="utf-8").rstrip() == places.listed().rstrip(), (
        "docs/FILES.md is out of date: python -m tests.places writes it anew"
    )
