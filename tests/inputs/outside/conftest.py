"""One closed-in process for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.inputs.outside.pen import Pen


@pytest.fixture(scope="module")
def pen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pen]:
    pen = Pen(tmp_path_factory.mktemp("pen"))
    yield pen
    pen.close()
