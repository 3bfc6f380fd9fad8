"""The table: each row what its question gives when asked alone, failures with their reason."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from equity_core import Scenario, replay, solve
from equity_core.online.parameters import Parameters
from equity_core.outcome.provenance import provenance
from equity_core.scenario.link import from_query
from equity_core.sweeps.reading import read_sweep
from equity_core.sweeps.run import Run

MIXED = """
title = "Mixed"
[grid]
texas.demand = [1, 2]
method = ["offline", "blend"]
trust = [0.05, 0.3]
[draws]
count = 2
seed = 1
price = 0.1
"""


@pytest.fixture
def mixed(written, serial):
    folder = serial(written(MIXED))
    return folder, pq.read_table(folder / "sweep.parquet")


def test_every_row_is_what_its_link_gives(mixed, dataset) -> None:
    _, table = mixed
    rows = table.to_pylist()
    assert [row["question"] for row in rows] == list(range(16))
    assert [row["status"] for row in rows] == ["solved"] * 8 + ["infeasible"] * 8
    for row in rows[:6:3]:
        scenario = from_query(row["scenario"])
        assert scenario.baseline_world == "as_set"
        outcome = (
            solve(scenario, dataset)
            if row["method"] == "offline"
            else replay(
                scenario, dataset, "blend", "last_week", Parameters(trust=row["trust"])
            ).outcome
        )
        change = outcome.compare(solve(scenario.baseline_scenario(), dataset))
        assert row["cost_usd"] == pytest.approx(outcome.cost_usd, rel=1e-10)
        assert row["worst_water_m3"] == pytest.approx(outcome.worst("water_m3"), rel=1e-10)
        assert row["par_carbon"] == pytest.approx(outcome.par("carbon_t"), rel=1e-10)
        assert row["total_carbon_t_change_pct"] == pytest.approx(
            change.total_change_pct("carbon_t"), rel=1e-8
        )
        assert row["worse_sites"] == change.worse_sites
        assert row["foresight"] == provenance(outcome).get("foresight")
        assert {row[key] for key in ("fingerprint",)} == {outcome.fingerprint}


def test_what_cannot_be_answered_says_why_and_the_readme_counts_it(mixed) -> None:
    folder, table = mixed
    lost = table.to_pylist()[-1]
    assert "MW" in lost["sentence"]
    assert lost["cost_usd"] is None
    assert (lost["dataset"], lost["trust"], lost["draw"]) == ("paper-2022", 0.3, 1)
    page = (folder / "README.txt").read_text(encoding="utf-8")
    assert "16 questions, 8 answered." in page
    assert "Not answered: question 8, 9" in page
    assert "simulated" in page


def test_every_column_tells_its_words_and_numbers_their_unit(mixed) -> None:
    folder, table = mixed
    page = (folder / "README.txt").read_text(encoding="utf-8")
    for field in table.schema:
        assert field.metadata[b"words"]
        assert f"  {field.name}" in page
    units = {field.name: field.metadata[b"unit"].decode() for field in table.schema}
    assert units["cost_usd"] == "USD"
    assert units["worst_water_m3_before"] == "m³"
    assert units["total_carbon_t_change_pct"] == "%"
    assert table.schema.metadata[b"simulated"] == b"true"


def test_a_kept_part_is_used_again_and_a_damaged_one_is_not(written, serial) -> None:
    file = written("[grid]\nreach = ['full', 'partial']")
    folder = serial(file)
    table = (folder / "sweep.parquet").read_bytes()
    part, _ = sorted(folder.glob("parts/*/*.json"))
    whole = part.read_bytes()
    part.write_bytes(whole[:-9])
    again = Run.of(read_sweep(file), folder)
    assert len(again.left()) == 1
    part.write_bytes(whole)
    assert again.left() == []
    again.write()
    assert (folder / "sweep.parquet").read_bytes() == table


def test_what_another_sweep_asked_is_not_asked_again(written, serial) -> None:
    folder = serial(written("[grid]\nreach = ['full', 'partial']"))

    def left(text: str) -> list[int]:
        return Run.of(read_sweep(written(text)), folder).left()

    assert left("[set]\nlabel = 'x'\n[grid]\nreach = ['partial', 'nearest', 'full']") == [1]
    assert left("[set]\ntexas.water = 2\n[grid]\nreach = ['full', 'partial']") == [0, 1]


def test_the_default_question_is_the_papers_equity_case(written, serial, dataset) -> None:
    folder = serial(written("title = 'One'"))
    (row,) = pq.read_table(folder / "sweep.parquet").to_pylist()
    outcome = solve(Scenario(), dataset)
    assert row["objective"] == pytest.approx(outcome.objective, rel=1e-10)
    assert row["fingerprint"] == outcome.fingerprint
