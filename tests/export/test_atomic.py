"""Files are written all or none."""

import os

import pytest

from equity_core.errors import EquityError
from equity_core.export.atomic import write_files


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_new_folder_holds_exactly_the_files(tmp_path):
    files = {"regions.csv": b"a", "map.png": b"\x89"}
    write_files(tmp_path / "deep" / "out", files)
    assert contents(tmp_path / "deep" / "out") == files
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_other_files_stay_and_former_ones_are_replaced(tmp_path):
    (tmp_path / "mine.txt").write_bytes(b"mine")
    (tmp_path / "regions.csv").write_bytes(b"old")
    write_files(str(tmp_path), {"regions.csv": b"new"})
    assert contents(tmp_path) == {"mine.txt": b"mine", "regions.csv": b"new"}
    assert len(list(tmp_path.iterdir())) == 2


def test_when_the_second_file_fails_the_folder_is_as_before(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")
    (tmp_path / "c.csv").mkdir()
    files = {"a.csv": b"new", "b.csv": b"new", "c.csv": b"new"}
    with pytest.raises(EquityError, match="Nothing was changed there"):
        write_files(tmp_path, files)
    assert contents(tmp_path) == {"a.csv": b"old"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "c.csv"]


def test_when_a_file_cannot_even_be_prepared_nothing_appears(tmp_path):
    with pytest.raises(EquityError, match="file name too long"):
        write_files(tmp_path / "out", {"a.csv": b"new", "x" * 300: b"new"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused_with_a_remedy(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EquityError, match="choose a folder that you may write to"):
        write_files(tmp_path / "file" / "out", {"a.csv": b"new"})
    with pytest.raises(EquityError, match="choose a folder"):
        write_files(tmp_path / "file", {"a.csv": b"new"})
    assert contents(tmp_path) == {"file": b""}


@pytest.mark.parametrize("name", ["../a.csv", "a/b.csv", "", "..", "/etc/a.csv"])
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    with pytest.raises(EquityError, match="cannot be a file name"):
        write_files(tmp_path / "out", {name: b""})
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_file_stays_what_it_is(tmp_path):
    os.mkfifo(tmp_path / "regions.csv")
    with pytest.raises(EquityError, match="no file has that name"):
        write_files(tmp_path, {"hours.csv": b"new", "regions.csv": b"new"})
    assert (tmp_path / "regions.csv").is_fifo()
    assert contents(tmp_path) == {}
