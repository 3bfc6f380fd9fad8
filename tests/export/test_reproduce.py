"""What the page tells to run gives the page's figures."""

import contextlib
import io
import shlex

import pandas as pd
import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.cli import main
from equity_core.export.reproduce import command_line, snippet, snippet_of_many

SCENARIOS = [
    Scenario(),
    Scenario(
        policy="equity",
        reach="partial",
        water_weight=12.5,
        lens="income",
        end="2022-09-29T00:00Z",
        factors={"texas": {"water": 1.5, "price": 0.9}, "japan": {"demand": 0.8}},
    ),
]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_snippet_prints_the_figures(scenario):
    code = snippet(scenario)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "snippet", "exec"), {})
    first, table = said.getvalue().split("\n", 1)
    plan = solve(scenario, load_dataset("paper-2022"))
    assert first.split()[:2] == [plan.fingerprint, repr(plan.cost_usd)]
    again = pd.read_csv(io.StringIO(table), index_col="site")
    assert list(again["water_m3_after"]) == list(plan.burdens["water_m3"])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_command_writes_the_figures(scenario, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command_line(scenario))
    assert words[:3] == ["python", "-m", "equity_core"]
    monkeypatch.setattr("sys.argv", words[2:])
    with pytest.raises(SystemExit) as end:
        main()
    assert not end.value.code
    plan = solve(scenario, load_dataset("paper-2022"))
    regions = pd.read_csv(tmp_path / "out" / "regions.csv", index_col="site")
    assert list(regions["water_m3_after"]) == list(plan.burdens["water_m3"])
    assert set(regions["fingerprint"]) == {plan.fingerprint}


def test_the_snippet_is_ten_lines_where_little_was_changed():
    assert len(snippet(Scenario(water_weight=80)).splitlines()) <= 10


def test_the_snippet_of_many_prints_a_line_for_each():
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(snippet_of_many(SCENARIOS), "snippet", "exec"), {})
    for line, scenario in zip(said.getvalue().splitlines(), SCENARIOS, strict=True):
        plan = solve(scenario, load_dataset("paper-2022"))
        assert line.split()[:2] == [plan.fingerprint, repr(plan.cost_usd)]
