"""One broken thing at a time: the sentence names file, row, column, value and remedy."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from equity_core.errors import DatasetError
from equity_core.inputs.catalogue import bundled, load_dataset

Edit = Callable[[list[str]], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(bundled()["paper-2022"], tmp_path / "broken")


def edit(path: Path, change: Edit) -> None:
    """Apply `change` to the file's lines; line 0 is the header, line n is row n + 1."""
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = change(list(lines))
    assert changed != lines, "the edit must change the file"
    path.write_text("\n".join(changed) + "\n", encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(DatasetError) as caught:
        load_dataset(folder)
    return str(caught.value)


def put(row: int, column: int, value: str) -> Edit:
    """Write `value` into one cell, rows counted as a spreadsheet does."""

    def change(lines: list[str]) -> list[str]:
        cells = lines[row - 1].split(",")
        cells[column] = value
        lines[row - 1] = ",".join(cells)
        return lines

    return change


def drop(row: int) -> Edit:
    return lambda lines: lines[: row - 1] + lines[row:]


def repeat(row: int) -> Edit:
    return lambda lines: [*lines, lines[row - 1]]


def header(old: str, new: str) -> Edit:
    return lambda lines: [lines[0].replace(old, new), *lines[1:]]


FIRST = "(hour 2022-09-22T00:00Z, site texas)"
CASES: list[tuple[str, Edit, tuple[str, ...]]] = [
    # text, gaps and limits in hourly.csv
    ("hourly.csv", put(2, 2, "cheap"), ("hourly.csv, row 2", FIRST, "price_usd_per_mwh is cheap")),
    ("hourly.csv", put(2, 2, ""), ("row 2", "price_usd_per_mwh is ''", "decimal point")),
    ("hourly.csv", put(2, 2, "NaN"), ("row 2", "price_usd_per_mwh is NaN")),
    ("hourly.csv", put(2, 2, "inf"), ("row 2", "price_usd_per_mwh is inf")),
    ("hourly.csv", put(2, 2, "1e308"), ("price_usd_per_mwh is 1e308", "-1e+06 to 1e+06 USD/MWh")),
    ("hourly.csv", put(2, 3, "-0.1"), ("row 2", "water_m3_per_mwh is -0.1", "from 0", "m3/MWh")),
    (
        "hourly.csv",
        put(2, 4, "0.4 kg"),
        ("row 2", "carbon_t_per_mwh is '0.4 kg'", "without a unit"),
    ),
    ("hourly.csv", put(2, 1, "texsa"), ("row 2", "not in sites.csv", "did you mean texas?")),
    ("hourly.csv", put(2, 0, "22/09/2022"), ("row 2", "22/09/2022", "2022-09-22T00:00Z")),
    ("hourly.csv", put(2, 0, "2022-09-22T00:30Z"), ("row 2", "whole hour in UTC")),
    ("hourly.csv", drop(5), ("no row for hour 2022-09-22 03:00 UTC, site texas", "Add the row")),
    ("hourly.csv", repeat(5), ("row 4572", "repeats row 5", "Remove one")),
    ("hourly.csv", header("water_m3", "water_l"), ("no column water_m3_per_mwh", "convert")),
    ("hourly.csv", header("carbon_t", "carbon_kg"), ("did you mean carbon_kg_per_mwh?",)),
    ("hourly.csv", lambda lines: [line + ",1" for line in lines], ("column 1", "nothing reads")),
    ("hourly.csv", lambda lines: [lines[0], *(f"{x},9" for x in lines[1:])], ("more cells",)),
    ("hourly.csv", lambda lines: [*lines[:9], lines[9] + ",9", *lines[10:]], ("line 10", "CSV")),
    ("hourly.csv", lambda lines: [], ("hourly.csv cannot be read as a table",)),
    (
        "hourly.csv",
        lambda lines: [line for line in lines if "2022-10-01" not in line],
        ("jumps from 2022-09-30 23:00 UTC to 2022-10-02 00:00 UTC", "missing hours"),
    ),
    # sites.csv
    ("sites.csv", put(2, 4, "132.78"), ("sites.csv, row 2 (site texas)", "latitude", "-90 to 90")),
    ("sites.csv", put(2, 5, "-196.8"), ("longitude is -196.8", "-180 to 180 degrees east")),
    ("sites.csv", put(2, 6, "-1"), ("capacity_mw is -1", "from 0")),
    ("sites.csv", put(2, 6, "0.5"), ("Hour 2022-10-09 16:00 UTC needs 10 MW, 9.5 MW exist",)),
    ("sites.csv", put(2, 0, "Te.xas"), ("row 2", "Te.xas cannot name a site", "lower-case")),
    ("sites.csv", put(3, 0, "texas"), ("row 3 (site texas) repeats row 2",)),
    ("sites.csv", header("capacity_mw", "capacity"), ("no column capacity_mw", "capacity?")),
    ("sites.csv", header("population", "inhabitants"), ("column inhabitants", "source cards")),
    ("sites.csv", lambda lines: lines[:1], ("sites.csv has no rows",)),
    ("sites.csv", drop(2), ("hourly.csv, row 2", "site is not in sites.csv", "456 more")),
    # demand.csv
    ("demand.csv", put(2, 2, "-0.2"), ("demand.csv, row 2", "demand_mw is -0.2", "from 0")),
    ("demand.csv", put(2, 2, "1.4"), ("needs 10.37 MW, 10 MW exist", "Raise capacity_mw")),
    ("demand.csv", put(2, 1, "mars"), ("row 2", "gateway mars", "not in sites.csv")),
    ("demand.csv", drop(3), ("no row for hour 2022-09-22 01:00 UTC, gateway texas",)),
    (
        "demand.csv",
        lambda lines: [*lines, "2022-10-11T01:00Z,texas,0.5"],
        ("row 4572", "not in hourly.csv, which runs from 2022-09-22 00:00 UTC to 2022-10-11"),
    ),
    # reach_partial.csv and latency.csv
    ("reach_partial.csv", put(2, 1, "yes"), ("row 2 (site texas): texas is yes", "0 or 1")),
    ("reach_partial.csv", drop(4), ("no row for site georgia",)),
    ("reach_partial.csv", header(",japan", ""), ("reach_partial.csv",)),
    ("reach_partial.csv", header("japan", "tokyo"), ("no column japan",)),
    (
        "reach_partial.csv",
        lambda lines: [lines[0], *(f"{x[:-1]}0" for x in lines[1:])],
        ("no site may serve the gateway singapore", "Write 1"),
    ),
    ("latency.csv", put(2, 2, "-3"), ("latency.csv, row 2", "rtt_ms is -3")),
    ("latency.csv", put(2, 3, "guessed"), ("basis is guessed", "measured, estimated, assumed")),
    ("latency.csv", drop(2), ("no row for gateway texas, site texas",)),
]


@pytest.mark.parametrize(("file", "change", "parts"), CASES)
def test_broken_table(folder: Path, file: str, change: Edit, parts: tuple[str, ...]) -> None:
    edit(folder / file, change)
    sentence = refusal(folder)
    for part in parts:
        assert part in sentence
    assert "Traceback" not in sentence
    assert sentence.endswith(".")


def test_many_faults_are_counted(folder: Path) -> None:
    edit(folder / "hourly.csv", lambda x: [*x[:1], *(line + "x" for line in x[1:])])
    assert "(and 4569 more like it)" in refusal(folder)


def test_rounding_in_the_sum_of_demand_is_no_shortfall(folder: Path) -> None:
    edit(folder / "demand.csv", put(426, 2, "1.0000000001"))
    assert load_dataset(folder).demand.sum(axis=0).max() > 10.0


def test_long_and_odd_values_are_shortened(folder: Path) -> None:
    edit(folder / "hourly.csv", put(2, 2, "9\t" * 5000))
    sentence = refusal(folder)
    assert len(sentence) < 400
    assert "\t" not in sentence


@pytest.mark.parametrize("name", ["sites.csv", "hourly.csv", "demand.csv", "latency.csv"])
def test_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f"{name} is missing" in refusal(folder)


def test_not_text(folder: Path) -> None:
    (folder / "latency.csv").write_bytes(b"\xff\xfe\x00\x81")
    assert "latency.csv cannot be read as a table" in refusal(folder)


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (lambda about: about.pop("licence"), ("licence", "Field required")),
        (lambda about: about.update(title=3), ("title", "string")),
        (lambda about: about.update(colour="red"), ("colour", "Extra inputs")),
        (lambda about: about["cards"][0].update(quality="good"), ("cards.0.quality", "measured")),
        (lambda about: about["cards"].pop(0), ("0 source cards", "price_usd_per_mwh")),
        (lambda about: about["cards"].append(about["cards"][0]), ("2 source cards",)),
        (lambda about: about["cards"][4].update(column="capacity"), ("did you mean capacity?",)),
        (
            lambda about: about["cards"].append({**about["cards"][0], "column": "wind"}),
            ("wind, which no file has", "remove the card"),
        ),
    ],
)
def test_broken_description(
    folder: Path, change: Callable[[dict], object], parts: tuple[str, ...]
) -> None:
    path = folder / "dataset.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    change(about)
    path.write_text(json.dumps(about), encoding="utf-8")
    sentence = refusal(folder)
    for part in ("dataset.json", *parts):
        assert part in sentence


def test_description_that_is_not_json(folder: Path) -> None:
    (folder / "dataset.json").write_text('{"id": ', encoding="utf-8")
    assert "not valid JSON" in refusal(folder)


def test_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(DatasetError, match=r"did you mean paper-2022\?.*Choose one of"):
        load_dataset("paper-2021")


@pytest.mark.parametrize("name", ["", "x" * 5000, "\0", "../nowhere"])
def test_odd_names(name: str) -> None:
    with pytest.raises(DatasetError, match=r"no data set|is not a data set"):
        load_dataset(name)


def test_folder_without_a_data_set(tmp_path: Path) -> None:
    assert "no dataset.json" in refusal(tmp_path)
