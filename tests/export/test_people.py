"""Burdens per household and shares of burden, load and people: one set of figures everywhere."""

import re
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from equity_core import Scenario, load_dataset
from equity_core.answers import Answer, Making
from equity_core.export.people import people_columns, people_sentences, people_table
from equity_core.model.fleet import fleet_of
from equity_core.text.numbers import number, rounded
from equity_core.verification.verify import verify
from ui.charts.tables.people_table import people_html

WEEK = {"dataset": "us-2023", "start": "2023-01-01T00:00Z", "end": "2023-01-08T00:00Z"}


@pytest.fixture(scope="module")
def states():
    return load_dataset("us-2023")


@pytest.fixture(scope="module")
def answer(states):
    return Answer.to(Scenario(**WEEK, baseline="nearest", movable_share=0.2), states, points=3)


def test_shares_and_burdens_are_those_of_the_regions(answer, states):
    table = people_table(answer.comparison, states)
    after = answer.outcome.burdens
    homes = states.sites["households"]
    assert table["households"].tolist() == homes.tolist()
    assert table["households_share_pct"].to_numpy() == pytest.approx(100 * homes / homes.sum())
    for item in answer.outcome.footprints:
        burden = after[item.column]
        share = table[f"{item.column}_share_after_pct"]
        assert share.to_numpy() == pytest.approx(100 * burden / burden.sum())
        each = table[f"{item.column}_per_household_after"]
        assert (each * homes).sum() == pytest.approx(burden.sum())
    known = states.sites["ai_usage_share_pct"]
    assert table["ai_use_share_pct"].sum() == pytest.approx(100)
    assert table["ai_use_share_pct"].isna().tolist() == known.isna().tolist()


def test_the_sentence_names_the_region_with_most_load_and_its_shares(answer, states):
    first, second = people_sentences(answer.comparison, states)
    row = people_table(answer.comparison, states).loc["virginia"]
    hosts = rounded(row["energy_mwh_share_before_pct"])
    assert f"Virginia hosts {hosts} of the load of all 23 states" in first
    assert f"causes {rounded(row['health_usd_share_before_pct'])} of the health damage" in first
    assert f"has {rounded(row['households_share_pct'])} of their households" in first
    after = rounded(row["energy_mwh_share_after_pct"])
    assert f"Under the equity plan Virginia hosts {after}" in first
    assert len(re.findall(r"mean of all", second)) == len(states.footprints)


def test_page_and_files_hold_the_same_figures(answer, states):
    making, wanted = Making(answer), people_table(answer.comparison, states)
    columns = people_columns(answer.comparison, states)
    read = pd.read_csv(BytesIO(making.file("people.csv"))).set_index("site")
    assert read[[column.name for column in columns]].equals(wanted.rename_axis("site"))
    sheet = load_workbook(BytesIO(making.file("tables.xlsx")))["People"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0])[2:] == [column.title for column in columns]
    assert rows[1][2:] == pytest.approx(wanted.iloc[0].tolist())
    html = people_html(answer.comparison, states)
    cells = re.findall(r'<td title="([^"]*)">([^<]*)', html)[: len(columns)]
    assert [full for full, _ in cells] == [f"{value:,.3f}" for value in wanted.iloc[0]]
    people, *others = [shown for _, shown in cells]
    assert people == f"{wanted.iloc[0].iloc[0]:,.0f}"  # nobody is rounded away
    assert others == [number(value) for value in wanted.iloc[0].iloc[1:]]
    assert all(column.title in html for column in columns)
    assert f"{people_sentences(answer.comparison, states)[0]}" in answer.summary()


@pytest.mark.slow
def test_the_file_of_people_is_verified(answer):
    content = Making(answer).file("people.csv")
    assert verify({"downloaded": content}, load_dataset).holds
    assert not verify({"a.csv": content.replace(b"3402670", b"3402671")}, load_dataset).holds


def test_where_no_households_are_known_there_is_nothing(comparison, dataset):
    assert people_sentences(comparison, dataset) == ()
    assert "people.csv" not in Making(Answer(dataset, comparison.after)).makers


def test_a_hypothetical_site_has_no_households_and_unknown_ones_are_left_out(states):
    scenario = Scenario(**WEEK, policy="cost", new_site_like="virginia", new_site_mw=500.0)
    found = Answer.to(scenario, states).comparison
    fleet = fleet_of(scenario, states)
    fewer = fleet.sites["households"].where(fleet.sites.index != "texas")
    fleet.sites["households"] = fewer
    table = people_table(found, fleet)
    assert table["households"].isna().sum() == 2
    assert np.isnan(table["water_m3_per_household_after"].iloc[-1])
    assert table["households_share_pct"].sum() == pytest.approx(100)
    assert "all 22 states" in people_sentences(found, fleet)[0]
