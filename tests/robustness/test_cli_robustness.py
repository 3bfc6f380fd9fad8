"""`robustness` on the command line: words, JSON, files that verify, refusals."""

import inspect
import json
from html import unescape

import pandas as pd
import pytest

from equity_core import Scenario, load_dataset
from equity_core.answers import Answer, Making
from equity_core.cli import uncertain
from equity_core.robustness.ranges import USUAL_DRAWS
from tests.test_cli import refused, run

FEW = ("--draws", "8", "--seed", "7")


def test_words_json_and_files_say_the_same(tmp_path):
    done = run("robustness", *FEW, "--json", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    told, kept = json.loads(done.stdout), json.loads((tmp_path / "out/robustness.json").read_text())
    assert told["verdict"] == kept["verdict"]
    assert told["conclusion"] == kept["conclusion"]
    assert kept["robustness"] == "draws=8&seed=7"
    draws = pd.read_csv(tmp_path / "out/robustness-draws.csv")
    assert draws["draw"].tolist() == list(range(1, 9))
    change = 100 * (draws["best_worst_water_m3"] / draws["baseline_worst_water_m3"] - 1)
    held = int((change <= -20).sum())
    assert f"at least 20% less water in {held} of 8 draws" in kept["text"]
    assert run("verify", tmp_path / "out").returncode == 0


def test_an_edited_draw_is_found(tmp_path):
    run("robustness", *FEW, "--out", tmp_path / "out")
    path = tmp_path / "out/robustness-draws.csv"
    table = pd.read_csv(path)
    table.loc[2, "best_cost_usd"] += 10
    table.to_csv(path, index=False)
    done = run("verify", path)
    assert done.returncode == 1
    assert "best_cost_usd" in done.stdout


def test_what_cannot_be_drawn_is_one_sentence():
    for given in (("--range", "price=nan"), ("--range", "wind=0.1"), ("--draws", "0")):
        assert refused("robustness", *given)


def test_the_command_line_makes_as_many_draws_as_the_page() -> None:
    option = inspect.signature(uncertain.robustness).parameters["draws"]
    assert option.default == USUAL_DRAWS


@pytest.mark.slow
def test_a_briefing_tells_the_verdict_and_is_verified_by_its_seed(tmp_path):
    done = run("robustness", *FEW, "--out", tmp_path / "out", "--briefing")
    verdict = done.stdout.splitlines()[0]
    page = tmp_path / "out/briefing.html"
    text = unescape(page.read_text(encoding="utf-8"))
    assert verdict in text
    assert "8 draws, seed 7" in text
    plain = Making(Answer.to(Scenario(), load_dataset("paper-2022")))
    (tmp_path / "out/before.html").write_bytes(plain.file("briefing.html"))
    assert run("verify", tmp_path / "out").returncode == 0  # also what was made before any draw
    page.write_text(page.read_text(encoding="utf-8").replace("in 8 of 8", "in 7 of 8"), "utf-8")
    done = run("verify", page)
    assert done.returncode == 1
    assert "7 of 8 draws" in done.stdout
    edited = page.read_text(encoding="utf-8").replace("draws=8&amp;", "draws=10000000000&amp;")
    page.write_text(edited, "utf-8")
    assert "This states that it was drawn by" in refused("verify", page)
