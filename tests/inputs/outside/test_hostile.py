"""Each kind of upload that was seen to do harm is refused early, with the fitting sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from equity_core.inputs.problems import DatasetProblems
from equity_core.inputs.upload import read_upload
from tests.inputs.outside.hostile import HOSTILE, shared_text


@pytest.mark.parametrize(("make", "words"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused(make: Callable[[], dict[str, bytes]], words: str) -> None:
    with pytest.raises(DatasetProblems) as caught:
        read_upload(make())
    said = "\n".join(map(str, caught.value.problems))
    assert words in said
    assert "could not be read; nothing was kept" not in said  # foreseen
    assert caught.value.count <= 10
    assert len(said) < 5_000


def test_what_no_guard_foresees_meets_the_limits_of_the_room() -> None:
    with pytest.raises(DatasetProblems, match=r"a\.xlsx: reading takes more than the 1,024 MB"):
        read_upload({"a.xlsx": shared_text()})
