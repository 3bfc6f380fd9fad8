"""The published sweeps still give what their page says, and each picture tells its answer."""

from __future__ import annotations

import pandas as pd
import pytest
from PIL import Image

from bench.gallery import GALLERY, HEAD, SHOWN, entry


@pytest.mark.slow
@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.name)
def test_a_published_sweep_is_found_again(shown, serial) -> None:
    table = pd.read_parquet(serial(shown.file) / "sweep.parquet")
    page = (GALLERY / "README.md").read_text(encoding="utf-8")
    assert page.startswith(HEAD)
    assert entry(shown, table) in page
    with Image.open(GALLERY / f"{shown.name}.png") as picture:
        assert picture.info["Description"] == shown.say(table)


def test_every_file_of_the_gallery_is_shown() -> None:
    assert {path.stem for path in GALLERY.glob("*.toml")} == {shown.name for shown in SHOWN}
