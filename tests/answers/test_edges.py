"""What is told of plans at the edges: figures or words, never "nan", "inf" or a traceback."""

import re
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest

from equity_core import Scenario
from equity_core.answers import Answer, Making
from equity_core.errors import InfeasibleError
from equity_core.text.certificate import certificate_sentence, limiting_sentences
from equity_core.text.headings import records
from equity_core.text.limits import Wording
from equity_core.text.narrative import bars_summary, frontier_summary, map_summary
from equity_core.text.opening.headline import headline
from equity_core.text.slack import goals_headline, room_sentence
from tests.edges import DATASETS, SETTINGS, scenario_of
from tests.small import small_dataset

NO_FIGURE = re.compile(r"(?<![a-z])(nan|inf|none)(?![a-z])", re.IGNORECASE)


def words_of(answer):
    """Everything that is told of an answer in words."""
    outcome, comparison = answer.outcome, answer.comparison
    wording = Wording(outcome.footprints, outcome.site_names, "the baseline")
    yield answer.summary()
    yield headline(comparison)
    yield certificate_sentence(outcome)
    yield goals_headline(outcome)
    yield from limiting_sentences(outcome)
    yield from (room_sentence(outcome, use, wording) for use in outcome.limits)
    for footprint in outcome.footprints:
        yield bars_summary(comparison, footprint.column)
        yield from (map_summary(comparison, footprint.column, x) for x in ("change", "burden"))
    if answer.frontier is not None:
        yield frontier_summary(records(answer.frontier), outcome)


@pytest.mark.slow
@pytest.mark.parametrize("setting", SETTINGS)
def test_no_word_or_table_is_without_a_figure(setting):
    for name, dataset in DATASETS.items():
        answer = Answer.to(scenario_of(setting), dataset, 3)
        files = Making(answer).quick() | {"comparison.csv": Making(answer).file("comparison.csv")}
        if answer.frontier is not None:
            files["frontier.csv"] = Making(answer).file("frontier.csv")
        texts = [*words_of(answer), *(content.decode() for content in files.values())]
        assert [text for text in texts if NO_FIGURE.search(text)] == [], name


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nothing at all", "alike and full", "nearly no demand", "free"])
def test_everything_can_be_packed(name):
    package = Making(Answer.to(scenario_of("equity"), DATASETS[name], 3)).zip()
    with ZipFile(BytesIO(package)) as archive:
        assert {"frontier.png", "briefing.pdf", "tables.xlsx"} <= set(archive.namelist())
        page = archive.read("briefing.html").decode()
    shown = re.sub(r"<(style|svg)[^>]*>.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert not NO_FIGURE.search(shown)


def test_an_infeasible_answer_names_what_clashes():
    scenario = scenario_of("fairest, no dearer").replace(water_limit_m3=0)
    with pytest.raises(InfeasibleError, match="cost_increase_limit 0, water_limit_m3 0"):
        Answer.to(scenario, DATASETS["all that there is"])


def test_a_plan_that_only_waiting_makes_possible_is_told():
    flat = np.ones((1, 2))
    data = small_dataset([[1.0, 2.0]], flat, flat, [4], np.array([[6.0, 1.0]]))
    asked = Scenario(dataset="small", policy="cost", baseline="cost", deferrable_share=0.5)
    assert "there is no plan to compare with" in Answer.to(asked, data).summary()
