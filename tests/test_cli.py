"""The command line as a user runs it: exit codes, sentences, JSON and files."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.cli import main
from equity_core.scenario.link import fingerprint, from_json, to_json, to_query

ROOT = Path(__file__).parents[1]
KEYS = [
    "fingerprint",
    "dataset",
    "objective",
    "lower_bound",
    "gap",
    "cost_usd",
    "burdens",
    "seconds",
]


class Done(NamedTuple):
    """A finished run: as `subprocess.CompletedProcess` has it."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments):
    """The command line in this process: loading the solver anew takes a second or two."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        patch.setattr(sys, "argv", ["equity_core", *map(str, arguments)])
        main()
    return Done(end.value.code or 0, out.getvalue(), err.getvalue())


def run_apart(*arguments):
    """The same in a process of its own."""
    command = [sys.executable, "-m", "equity_core", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def refused(*arguments):
    """The one sentence on standard error of a run that must end with exit code 2."""
    done = run(*arguments)
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_help_names_the_commands_and_does_not_load_the_solver():
    done = run_apart("--help")
    assert done.returncode == 0
    assert "solve" in done.stdout
    assert "frontier" in done.stdout
    code = (
        "import sys\n"
        "from equity_core.cli import app\n"
        "print([name for name in ('pandas', 'highspy', 'matplotlib') if name in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]", loaded


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "policy=equty"], "Did you mean 'equity'?"),
        (["--set", "water_weight=-1"], "0 to 1000000 USD/m3"),
        (["--set", "water_weight=nan"], "water_weight is nan"),
        (["--set", "carbon_weight=1e308"], "carbon_weight is 1e+308"),
        (["--set", "factors.texsa.water=1.5"], "Did you mean 'texas'?"),
        (["--set", "dataset=paper-2202"], "paper-2022"),
        (["--set", "water_weight"], "write it as field=value"),
        (["--link", "x" * 100_000], "at most 32,000"),
        (["--link", "https://example.org/?polcy=cost"], "Did you mean 'policy'?"),
        (["no-such-file.json"], "no-such-file.json' cannot be read"),
        ([ROOT], "cannot be read"),
        (["a.json", "--link", "policy=cost"], "give one of them"),
    ],
)
def test_bad_input_is_one_sentence_and_writes_nothing(arguments, words, tmp_path):
    assert words in refused("solve", *arguments, "--out", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("setting", ["policy=equty", "factors.texsa.water=1.5"])
def test_the_frontier_refuses_like_solve(setting, tmp_path):
    sentence = refused("frontier", "--set", setting, "--out", tmp_path / "out")
    assert sentence == refused("solve", "--set", setting)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "not readable as JSON"), ('{"policy": "x"}', "policy is 'x'"), ("\xff", "UTF-8")],
)
def test_a_broken_file_is_one_sentence(text, words, tmp_path):
    file = tmp_path / "scenario.json"
    file.write_bytes(text.encode("latin-1"))
    assert words in refused("solve", file)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["solve", "--nonsense"], "No such option: --nonsense"),
        (["frontier", "--points", "1"], "--points is '1': it must be greater than"),
        (["robustness", "--draws", "1.5"], "--draws is '1.5': it must be a valid integer"),
        (["robustness", "--draws", "9" * 5000], "--draws is '999"),
        (["robustness", "--seed"], "requires an argument"),
        (["robustness", "--range", "price=1.0000001"], "price is 1.0000001"),
        (["sovle"], "'sovle'"),
        (["verify"], "FILE|DIR"),
    ],
)
def test_a_wrong_command_is_one_sentence(arguments, words):
    assert words in refused(*arguments)


def test_json_is_what_python_answers():
    settings = ("--set", "reach=partial", "--set", "factors.texas.water=1.5")
    done = run_apart("solve", "--json", *settings)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    answer = json.loads(done.stdout)
    data = load_dataset("paper-2022")
    scenario = Scenario(reach="partial", factors={"texas": {"water": 1.5}})
    outcome = solve(scenario, data)
    assert list(answer) == KEYS
    assert answer["fingerprint"] == outcome.fingerprint == fingerprint(scenario, data.version)
    assert answer["dataset"] == "paper-2022"
    for key in ("objective", "lower_bound", "cost_usd"):
        assert answer[key] == getattr(outcome, key)
    assert 0 <= answer["gap"] <= 1e-9
    assert list(answer["burdens"]) == list(data.site_ids)
    columns = ["energy_mwh", "cost_usd", "water_m3", "carbon_t"]
    for column in columns:
        assert answer["burdens"]["texas"][column] == outcome.burdens.loc["texas", column]
    assert sum(burden["cost_usd"] for burden in answer["burdens"].values()) == pytest.approx(
        answer["cost_usd"], rel=1e-12
    )


def test_link_file_and_settings_are_one_scenario(tmp_path):
    scenario = Scenario(policy="cost", reach="partial", factors={"texas": {"carbon": 2}})
    file = tmp_path / "scenario.json"
    file.write_text(to_json(scenario))
    ways = (
        ["--link", f"http://127.0.0.1:8501/explore?{to_query(scenario)}"],
        [file],
        [file, "--set", "reach=partial"],
        ["--set", "policy=cost", "--set", "reach=partial", "--set", "factors.texas.carbon=2"],
    )
    answers = [json.loads(run("solve", "--json", *way).stdout) for way in ways]
    for answer in answers:
        del answer["seconds"]
    assert answers[0] == answers[1] == answers[2] == answers[3]


def test_a_setting_wins_over_the_file(tmp_path):
    file = tmp_path / "scenario.json"
    file.write_text(to_json(Scenario(policy="cost")))
    done = run("solve", file, "--set", "policy=nearest", "--json")
    expected = fingerprint(Scenario(policy="nearest"), load_dataset("paper-2022").version)
    assert json.loads(done.stdout)["fingerprint"] == expected


def test_without_json_a_short_summary_has_units_and_the_certificate():
    done = run("solve")
    assert done.returncode == 0, done.stderr
    assert "Energy cost" in done.stdout
    assert "m³" in done.stdout
    assert "Exact within 0.0000001%, which is about the arithmetic, not about how" in done.stdout
    assert "Fingerprint" in done.stdout
    assert len(done.stdout.splitlines()) < 20


def test_infeasible_is_3_with_the_same_shape_and_writes_nothing(tmp_path):
    out = tmp_path / "out"
    done = run_apart("solve", "--json", "--set", "factors.texas.demand=50", "--out", out)
    assert done.returncode == 3, done.stderr
    answer = json.loads(done.stdout)
    assert list(answer) == [*KEYS, "infeasible"]
    assert answer["objective"] is None
    assert answer["infeasible"]["sentence"] == done.stderr.strip()
    assert "MW" in done.stderr
    assert not out.exists()


def test_an_infeasible_baseline_leaves_the_json_answer_alone():
    # Texas cannot serve all its own peak, but others can.
    changes = ("baseline=nearest", "baseline_world=as_set", "factors.texas.capacity=0.9")
    changes = (*changes, "factors.japan.demand=0.5")
    settings = [argument for change in changes for argument in ("--set", change)]
    assert run("solve", "--json", *settings).returncode == 0
    done = run("solve", *settings)
    assert done.returncode == 3
    assert "its baseline, the nearest-site plan with the same changes, cannot" in (done.stderr)
    assert "choose another baseline" in done.stderr


@pytest.mark.slow
def test_out_writes_the_same_bytes_twice(tmp_path):
    assert run_apart("solve", "--out", tmp_path / "one").returncode == 0
    assert run("solve", "--out", tmp_path / "two").returncode == 0
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()}
                for folder in ("one", "two"))  # fmt: skip
    assert one == two
    assert set(one) == {"scenario.json", "result.json", "regions.csv", "regions.geojson"}
    assert from_json(one["scenario.json"].decode()) == Scenario()
    regions = pd.read_csv(tmp_path / "one" / "regions.csv", index_col="site")
    result = json.loads(one["result.json"])
    for site, burden in result["burdens"].items():
        assert regions.loc[site, "water_m3_after"] == burden["water_m3"]
    assert set(regions["fingerprint"]) == {result["fingerprint"]}


def test_the_frontier_is_written_and_printed_alike(tmp_path):
    done = run("frontier", "--points", 5, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "out" / "frontier.csv").read_bytes()
    frame = pd.read_csv(tmp_path / "out" / "frontier.csv")
    assert len(frame) >= 5
    assert frame["knee"].sum() == 1
    assert frame["gap"].max() <= 1e-9
    assert run("frontier", "--points", 5).stdout.encode() == written


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("kept")
    assert "could not be written" in refused("solve", "--out", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "kept"


def test_verify_says_yes_no_or_why_not(tmp_path):
    out = tmp_path / "out"
    assert run("solve", "--out", out).returncode == 0
    done = run("verify", out)
    assert done.returncode == 0, done
    assert done.stdout.startswith("Identical: ")
    assert "identical     regions.csv" in done.stdout
    regions = out / "regions.csv"
    regions.write_text(regions.read_text().replace("texas,Texas,4", "texas,Texas,5"))
    done = run("verify", out)
    assert done.returncode == 1
    assert done.stdout.startswith("Something differs: regions.csv.")
    assert "row 2 (texas), column energy_mwh_before: 5" in done.stdout
    assert "no such file" in refused("verify", tmp_path / "gone.zip")
    assert "1 altered, something differs" in run("verify", "--help").stdout


@pytest.mark.slow
def test_the_zip_holds_everything_and_verify_says_so(tmp_path):
    place = tmp_path / "all.zip"
    assert run("solve", "--set", "reach=partial", "--zip", place).returncode == 0
    done = run("verify", place)
    assert done.returncode == 0, done.stdout
    assert "identical     briefing.pdf" in done.stdout
    place.write_bytes(place.read_bytes()[:100_000])
    assert "damaged or cut short" in refused("verify", place)


def test_scenarios_side_by_side_are_told_and_written(tmp_path):
    links = ["--link", "?v=2", "--link", "?v=2&policy=carbon", "--name", "Ours"]
    result = run("compare", *links, "--out", str(tmp_path / "out"))
    assert result.returncode == 0
    assert "A: Ours: Simulated for AI data centres in 10 regions" in result.stdout
    assert "B: Lowest-carbon plan: " in result.stdout
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"scenarios.{form}" for form in ("csv", "html", "pdf", "xlsx")]
    assert "2 names for 1 link" in refused("compare", "--link", "?v=2", "--name=One", "--name=Two")
