"""`foresight` on the command line: JSON, words, files and refusals."""

import json

import pandas as pd
import pytest
from pytest import approx

from equity_core import Scenario, load_dataset, replay
from equity_core.inputs.upload.template import template_csv
from equity_core.text.certificate import certificate_sentence
from tests.test_cli import KEYS, refused, run

MORE = ["method", "offline_objective", "regret", "bound"]


def told(*arguments):
    done = run("foresight", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_json_is_that_of_solve_and_four_more():
    found = told()
    assert list(found) == KEYS + MORE
    assert found["method"] == "weights"
    assert found["bound"] is None
    assert found["regret"] == approx(found["objective"] - found["offline_objective"])
    assert found["offline_objective"] == approx(623_661.3525, abs=1e-4)
    assert found["lower_bound"] <= found["offline_objective"] <= found["objective"]


def test_the_command_line_and_python_agree():
    found = told("--method", "blend", "--forecast", "noisy", "--set", "reach=partial")
    played = replay(Scenario(reach="partial"), load_dataset("paper-2022"), "blend", "noisy")
    assert found["objective"] == played.outcome.objective
    assert found["bound"] == played.bound
    assert found["objective"] <= found["bound"]


def test_parameters_reach_the_published_rule():
    usual, slower = (
        told("--method", "mirror_descent"),
        told("--method", "mirror_descent", "--eta", 1e-5),
    )
    assert usual["cost_usd"] == approx(347326.568, rel=1e-6)
    assert slower["cost_usd"] != usual["cost_usd"]


def test_the_summary_says_the_price_and_the_guarantee():
    text = run("foresight", "--method", "blend", "--forecast", "adversary").stdout
    assert "The price of not knowing the future: 7% of cost and fairness together" in text
    assert "is guaranteed" in text
    assert "'adversary'" in text


def test_files_hold_every_hour(tmp_path):
    done = run("foresight", "--method", "blend", "--out", tmp_path / "out")
    assert done.returncode == 0
    hours = pd.read_csv(tmp_path / "out" / "foresight-hours.csv")
    sites = pd.read_csv(tmp_path / "out" / "foresight-sites.csv")
    assert len(hours) == 457
    assert len(sites) == 4570
    assert (hours["objective_so_far"] <= hours["bound_so_far"] * (1 + 1e-12)).all()
    whole = json.loads((tmp_path / "out" / "foresight.json").read_text(encoding="utf-8"))
    assert hours["cost_usd"].sum() == approx(whole["cost_usd"])
    last = sites.groupby("site")["water_m3_so_far"].last()
    assert last.to_dict() == approx({s: b["water_m3"] for s, b in whole["burdens"].items()})


@pytest.mark.slow
def test_verify_plays_a_plan_made_hour_by_hour_again(tmp_path):
    asked = ("--method", "blend", "--forecast", "noisy", "--trust", "0.1")
    run("foresight", *asked, "--out", tmp_path / "out")
    how = json.loads((tmp_path / "out" / "foresight.json").read_text(encoding="utf-8"))
    assert how["foresight"] == "method=blend&forecast=noisy&trust=0.1"
    done = run("verify", tmp_path / "out")
    assert done.returncode == 0, done.stdout
    for name in ("foresight.json", "foresight-hours.csv", "foresight-sites.csv", "regions.csv"):
        assert f"identical     {name}" in done.stdout
    hours = tmp_path / "out" / "foresight-hours.csv"
    text = hours.read_text(encoding="utf-8")
    hours.write_text(text.replace("blend", "forecast", 1), encoding="utf-8")
    edited = tmp_path / "out" / "regions.csv"
    lines = edited.read_text(encoding="utf-8").replace("Texas,", "Texas,9", 1)
    edited.write_text(lines, encoding="utf-8")
    done = run("verify", tmp_path / "out")
    assert done.returncode == 1
    assert "edited        regions.csv" in done.stdout


def test_a_replays_files_never_say_optimal(tmp_path):
    played = replay(Scenario(), load_dataset("paper-2022"), "weights")
    told = certificate_sentence(played.outcome)
    assert "Optimal" not in told
    assert "without knowing what comes" in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--method", "wieghts"], "Did you mean 'weights'?"),
        (["--method", "blend", "--trust=-0.1"], "trust is -0.1; give a number of 0 or more"),
        (["--method", "forecast", "--error=200"], "error is 200; give a number of 0 or more, 10"),
        (["--method", "blend", "--trust=1e308"], "trust is 1e+308; give a number"),
        (["--method", "mirror_descent", "--zmax-water=1e308"], "zmax_water is 1e+308"),
        (["--method", "weights", "--forecast", "nothere.csv"], "no file of that name"),
        (["--method", "blend", "--forecast", "q" * 5000], "no file of that name"),
        (["--method", "blend", "--forecast", "/dev/null"], "is a folder or a device"),
        (["--method", "forecast", "--error=-1"], "error is -1"),
        (["--eta", "0"], "eta is 0; give a number above 0"),
        (["--method", "forecast", "--forecast", "lastweek"], "Did you mean 'last_week'?"),
        (["--set", "policy=fairest"], "without knowing the future"),
        (["--set", "water_limit_m3=1500"], "Limits cannot be kept without knowing the future"),
        (["--set", "no_region_worse=true"], "Limits cannot be kept"),
        (["--method", "mirror_descent", "--set", "measure=lq"], "not for the measure 'lq'"),
        (
            ["--set", "start=2022-09-23T00:00Z", "--set", "end=2022-09-23T20:00Z"],
            "has 20 hours; planning hour by hour needs a day of 24 hours",
        ),
    ],
)
def test_a_refusal_is_one_sentence(arguments, words):
    assert words in refused("foresight", *arguments)


def test_an_hour_that_cannot_be_served_is_named():
    done = run("foresight", "--set", "demand_growth=0.5", "--json")
    assert done.returncode == 3
    assert "Hour 2022-10-09 16:00 UTC needs" in done.stderr
    assert json.loads(done.stdout)["infeasible"]["hours_short"] == 164


def test_a_forecast_file_of_other_sites_is_refused(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_bytes(template_csv())
    said = refused("foresight", "--method", "forecast", "--forecast", file)
    assert "The forecast has other sites than the data set" in said
    assert "Bring a file with the sites" in said


def test_a_forecast_file_with_faults_is_refused_like_any_upload(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("hour,site,price_usd_per_mwh\n2024-06-03T00:00Z,germany,x\n", encoding="utf-8")
    done = run("foresight", "--method", "forecast", "--forecast", file)
    assert done.returncode == 2
    assert "no table describes the sites. Add a table" in done.stderr
