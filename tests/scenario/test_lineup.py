"""Scenarios side by side as text: names are somebody's words, and there is an end to them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_core.errors import LinkError
from equity_core.scenario.lineup import (
    LONGEST,
    LONGEST_NAME,
    MOST,
    Named,
    check_room,
    from_text,
    plain_name,
    read_leniently,
    to_text,
)

QUERIES = st.sampled_from(["", "v=2", "v=2&policy=cost", "v=2&a~b,c|d.water=2"])


@settings(max_examples=25)
@given(st.lists(st.builds(Named, st.text().map(plain_name), QUERIES), max_size=MOST))
def test_what_is_written_is_read_back(entries):
    text = to_text(entries)
    read = from_text(text)
    assert [entry.name for entry in read] == [entry.name for entry in entries]
    assert from_text(to_text(read)) == read
    assert not set(text) & set(' <>,;()"')
    assert not text.startswith(("=", "+", "-", "@"))


@given(st.text())
def test_a_name_is_one_line_of_letters_that_can_be_seen(text):
    name = plain_name(text)
    assert len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert plain_name(name) == name


def test_a_name_turns_nothing_around():
    assert plain_name("\u202eevil\u2066 \n plan\u200f") == "evil plan"


def test_what_cannot_be_read_is_told():
    entries, problems = read_leniently("One~v=2|nothing|%E2%80%AETwo~v=2&policy=cost")
    assert [entry.name for entry in entries] == ["One", "Two"]
    assert any("'nothing'" in problem for problem in problems)
    assert any("'Two'" in problem for problem in problems)
    with pytest.raises(LinkError, match="no scenario"):
        from_text("nothing")


def test_there_is_an_end_to_a_table():
    many = "|".join(["~v=2"] * (MOST + 2))
    entries, problems = read_leniently(many)
    assert len(entries) == MOST
    assert f"has {MOST + 2} scenarios" in problems[0]
    assert read_leniently("x" * (LONGEST + 1))[0] == ()
    with pytest.raises(LinkError, match="remove one"):
        check_room([Named("", "v=2")] * (MOST + 1))
    with pytest.raises(LinkError, match="characters long"):
        check_room([Named("", "v=2" + "&a.water=2" * LONGEST)])


def test_a_name_made_plain_is_plain() -> None:
    joined = "e\u200d\u0301a"  # an invisible letter keeps the accent from its vowel
    assert plain_name(plain_name(joined)) == plain_name(joined) == "éa"
