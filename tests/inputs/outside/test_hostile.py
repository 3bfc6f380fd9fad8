"""Each kind of upload that was seen to do harm is refused early, with the fitting sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from equity_core.inputs.problems import DatasetProblems
from equity_core.inputs.upload import UploadAnswers, read_noted, read_upload
from equity_core.inputs.upload.pipeline import noted_here
from tests.inputs import exports
from tests.inputs.outside.hostile import HOSTILE, shared_text
from tests.inputs.outside.pen import Pen
from tests.inputs.outside.spoiling import UPLOAD

Make = Callable[[], dict[str, bytes]]


@pytest.mark.parametrize(("make", "words"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_before_it_takes_much(pen: Pen, make: Make, words: str) -> None:
    outcome = pen.attempt(UPLOAD, make(), {})
    assert outcome.kind == "refused", outcome
    assert words in outcome.words
    assert len(outcome.words) < 5_000
    assert outcome.peak < 400 << 20


def test_the_room_hands_over_all_that_was_read() -> None:
    table = exports.sites("price demand", one="DE").encode()
    files = {"mix.csv": exports.ENTSOE_GENERATION.encode(), "sites.csv": table}
    answers = UploadAnswers(title="Mix", fill_gaps=True)
    here, there = noted_here(files, answers), read_noted(files, answers)
    assert (there.notes, there.changes) == (here.notes, here.changes)
    assert there.changes
    assert there.dataset.id == here.dataset.id


@pytest.mark.slow
@pytest.mark.parametrize(("make", "words"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_in_the_room(make: Make, words: str) -> None:
    with pytest.raises(DatasetProblems) as caught:
        read_upload(make())
    assert words in "\n".join(map(str, caught.value.problems))
    assert caught.value.count <= 10


@pytest.mark.slow
def test_what_no_guard_foresees_meets_the_limits_of_the_room() -> None:
    with pytest.raises(DatasetProblems, match=r"a\.xlsx: reading takes more than the 1,024 MB"):
        read_upload({"a.xlsx": shared_text()})
