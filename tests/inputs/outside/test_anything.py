"""Whatever files hold, their readers end with an answer or a sentence, within the limits."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_core.errors import EquityError
from equity_core.inputs.outside import RoomError, limits, open_outside
from tests.inputs.outside.pen import Pen
from tests.inputs.outside.spoiling import READERS, Reader

CASES_A_NUMBER = 20
NUMBERS = settings().max_examples
"""Two thousand cases, the same in every run; twenty times as many under the profile "explore"."""


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_the_originals_are_read(pen: Pen, reader: Reader) -> None:
    outcome = pen.attempt(reader.task, reader.originals, reader.options)
    assert outcome.kind == "read", outcome.words


@pytest.mark.slow
@settings(max_examples=NUMBERS)
@given(number=st.integers(0, 2**32 - 1))
def test_spoiled_files_end_with_an_answer_or_a_sentence(pen: Pen, number: int) -> None:
    random = Random(number)
    for _ in range(CASES_A_NUMBER):
        reader = random.choice(READERS)
        outcome = pen.attempt(reader.task, reader.case(random), reader.options)
        assert outcome.is_fine, (reader.name, outcome)
        assert outcome.peak < limits.RESIDENT_BYTES


@pytest.mark.slow
@settings(max_examples=NUMBERS // 2)
@given(number=st.integers(0, 2**32 - 1))
def test_spoiled_files_in_the_room(number: int) -> None:
    random = Random(number)
    reader = random.choice(READERS)
    try:
        open_outside(reader.task, reader.case(random), reader.options)
    except EquityError as error:
        assert not isinstance(error, RoomError), error


def test_a_process_that_died_is_followed_by_another(pen: Pen) -> None:
    tasks = "tests.inputs.outside.tasks:"
    assert not pen.attempt(tasks + "abort", {}, {}).is_fine
    assert pen.attempt(tasks + "fault", {}, {}).kind == "traceback"
    assert pen.attempt(tasks + "echo", {"a": b"1"}, {}).kind == "read"
