"""Notes on single figures, and conflicts between sources, are read or refused with their place."""

import shutil
from pathlib import Path

import pytest

from equity_core import load_dataset
from equity_core.errors import DatasetError
from equity_core.inputs.catalogue import bundled

NOTES = "site,column,quality,note\n"
CONFLICTS = "site,quantity,unit,used,used_source,other,other_source,note\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled()["paper-2022"], tmp_path / "mine"))


def test_both_are_read_and_belong_to_the_version(folder: Path) -> None:
    before = load_dataset(str(folder))
    (folder / "site_notes.csv").write_text(f"{NOTES}texas,carbon_t_per_mwh,measured,ours\n")
    (folder / "conflicts.csv").write_text(f"{CONFLICTS}texas,Price,USD/MWh,30,a,40.5,b,c\n")
    after = load_dataset(str(folder))
    assert (before.notes, before.conflicts) == ((), ())
    assert after.notes[0].note == "ours"
    assert (after.conflicts[0].used, after.conflicts[0].other) == (30.0, 40.5)
    assert after.version != before.version


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("site_notes.csv", f"{NOTES}texsa,carbon_t_per_mwh,measured,x\n", "did you mean texas"),
        ("site_notes.csv", f"{NOTES}texas,carbon,measured,x\n", "the column is not in dataset"),
        ("site_notes.csv", f"{NOTES}texas,carbon_t_per_mwh,good,x\n", "must be one of measured"),
        ("site_notes.csv", NOTES + "texas,capacity_mw,assumed,x\n" * 2, "row 3 .* earlier row"),
        ("site_notes.csv", "site,column,note\ntexas,capacity_mw,x\n", "no column quality"),
        ("conflicts.csv", f"{CONFLICTS}texas,Price,USD,many,a,40,b,c\n", "used is many"),
        ("conflicts.csv", f"{CONFLICTS}mars,Price,USD,1,a,40,b,c\n", "site is not in sites.csv"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    folder: Path, file: str, text: str, words: str
) -> None:
    (folder / file).write_text(text)
    with pytest.raises(DatasetError, match=words):
        load_dataset(str(folder))
