"""`robustness` on the command line: words, JSON, files that verify, refusals."""

import inspect
import json

import pandas as pd

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
