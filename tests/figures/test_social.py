"""The picture to post: its size, what its title says alone, and the one of link previews."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from equity_core import Scenario
from equity_core.answers import Answer, Making, load_dataset
from equity_core.errors import EquityError
from equity_core.figures import frontier
from equity_core.figures.social import social_map
from equity_core.scenario.presets import LANDING

PREVIEW = Path(__file__).parents[2] / "static" / "preview.png"
NAME = "social-health_usd-change.png"


@pytest.fixture(scope="module")
def making() -> Making:
    return Making(Answer.to(Scenario(), load_dataset("paper-2022")))


@pytest.mark.parametrize(
    "name", ["social-water_m3-change.png", "social-cost_usd-burden.png", "social-frontier.png"]
)
def test_a_picture_to_post_says_alone_what_where_when_and_that_it_is_simulated(making, name):
    picture = Image.open(BytesIO(making.file(name)))
    assert picture.size == (1200, 630)
    said = picture.text["Title"]
    for part in ("Simulated ", "AI data centres in 10 regions", "2022"):
        assert part in said
    assert "against the cheapest plan" in said or "under the equity plan" in said
    assert picture.text["fingerprint"] == making.answer.outcome.fingerprint


def test_pictures_to_post_are_not_in_the_package(making):
    assert making.titled[frontier.title(making.answer.comparison)] == "frontier"
    assert not [name for name in making._present if name.startswith("social-")]


def test_an_unknown_quantity_is_refused_in_a_sentence(making):
    with pytest.raises(EquityError, match="gold"):
        social_map(making.answer.comparison, making.answer.fleet, "gold", "change")


def test_link_previews_show_the_case_that_the_page_opens_on():
    """Where results change: make it anew by `--out` of the command line, or from the page."""
    scenario = LANDING.scenario
    answer = Answer.to(scenario, load_dataset(scenario.dataset))
    shown, made = (
        Image.open(BytesIO(b)) for b in (PREVIEW.read_bytes(), Making(answer).file(NAME))
    )
    assert shown.text == made.text
    assert shown.size == made.size
