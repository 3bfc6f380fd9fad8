"""Scenario files of any size and depth are read or refused at once."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core.errors import LinkError
from equity_core.scenario.file_text import (
    DEEPEST,
    LONGEST_FILE,
    LONGEST_KEY,
    LONGEST_NUMBER,
    MOST_KEYS,
    read_object,
)
from equity_core.scenario.link import from_json

KEYS = {f"k{at}": 1 for at in range(60_000)}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=LONGEST_KEY), inner),
    max_leaves=10,
)


@given(VALUES)
def test_what_is_small_is_read_as_json_has_it(value: object) -> None:
    assert read_object(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps(KEYS), f"more than {MOST_KEYS:,} keys"),
        (json.dumps(KEYS)[:-1] + ', "k59999": 1}', f"more than {MOST_KEYS:,} keys"),
        (json.dumps({"factors": {key: {"price": 2} for key in KEYS}}), "may have at most"),
        (json.dumps({"k" * (LONGEST_KEY + 1): 1}), f"{LONGEST_KEY} are allowed"),
        ("[" * LONGEST_FILE, f"more than {DEEPEST} deep"),
        ('{"a":' * 100_000, f"more than {DEEPEST} deep"),
        ('{"policy": ' + "[" * 900 + "]" * 900 + "}", f"more than {DEEPEST} deep"),
        (" " * (LONGEST_FILE + 1), f"at most {LONGEST_FILE:,}"),
        ('{"water_weight": ' + "9" * 5_000 + "}", f"{LONGEST_NUMBER} are allowed"),
        ('{"policy": "cost", "policy": "water"}', "'policy' is given more than once"),
    ],
)
def test_what_is_beyond_the_limits_is_a_sentence(text: str, words: str) -> None:
    with pytest.raises(LinkError) as caught:
        from_json(text)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300


def test_brackets_in_texts_are_no_depth() -> None:
    text = json.dumps({"a": '["' * 100 + "\\"})
    assert read_object(text) == json.loads(text)
