"""Names in every script: drawn, or the id in their place and a note that says so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from equity_core import Scenario, load_dataset
from equity_core.answers import Answer, Making
from equity_core.figures.letters import can_be_drawn, legible, lettered, letters_note

DRAWN = ["Nevada", "Zürich", "Ελλάδα", "Москва", "Cafe\u0301", "Đà Nẵng", "São Paulo (2)"]
NOT_DRAWN = [
    "東京",
    "दिल्ली",
    "กรุงเทพ",
    "القاهرة",
    "ירושלים",
    "서울",
    "👩\u200d🔬",
    "a\u202eb",
    "x\u0331\u0332",
]
FONT = FT2Font(font_manager.findfont("DejaVu Sans"))


@pytest.mark.parametrize("name", DRAWN)
def test_what_the_fonts_have_is_drawn(name):
    assert can_be_drawn(name)


@pytest.mark.parametrize("name", NOT_DRAWN)
def test_what_needs_other_fonts_or_joined_letters_is_not(name):
    assert not can_be_drawn(name)


@given(st.text(max_size=20))
def test_nothing_legible_is_a_box(text):
    assert all(letter == "\n" or ord(letter) in FONT.get_charmap() for letter in legible(text))
    assert not can_be_drawn(text) or legible(legible(text)) == legible(text)


@pytest.fixture(scope="module")
def foreign():
    """The paper's regions under names in many scripts, and a title in one of them."""
    dataset = load_dataset("paper-2022")
    names = (NOT_DRAWN[:5] + DRAWN[:5])[: len(dataset.site_ids)]
    dataset = replace(dataset, sites=dataset.sites.assign(name=names), title="日本のデータ")
    return Making(Answer.to(Scenario(), dataset, points=3))


def test_ids_stand_for_names_that_cannot_be_drawn(foreign):
    comparison = foreign.answer.comparison
    names = lettered(comparison).after.site_names
    for site, name in comparison.after.site_names.items():
        assert names[site] == (name if can_be_drawn(name) else site)
        assert (site in letters_note(comparison)) == (not can_be_drawn(name))


def test_where_all_names_can_be_drawn_nothing_changes():
    comparison = Answer.to(Scenario(policy="cost"), load_dataset("paper-2022")).comparison
    assert lettered(comparison) is comparison
    assert letters_note(comparison) == ""


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
@pytest.mark.filterwarnings("error:Glyph")  # matplotlib warns where it draws a box
def test_no_picture_has_a_box(form, foreign):
    assert foreign.file(f"map-water_m3-change.{form}")
    assert foreign.file(f"frontier.{form}")


def test_the_page_keeps_names_as_they_are(foreign):
    page = foreign.file("briefing.html").decode()
    assert "東京" in page
    assert "日本のデータ" in page
    assert foreign.file("briefing.pdf").startswith(b"%PDF")
