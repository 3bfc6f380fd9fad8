"""`check` says what the page says, with exit code 2; `datasets` lists what is at hand."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from equity_core.cli import app
from equity_core.inputs.upload import DatasetProblems, read_upload
from equity_core.inputs.upload.template import template_csv, template_xlsx
from equity_core.store.store import Store
from tests.inputs.exports import MAPS, sites


def run(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "mine.csv").write_bytes(template_csv())
    (tmp_path / "mine.xlsx").write_bytes(template_xlsx())
    text = template_csv().decode().replace("52.0", "cheap", 1)
    (tmp_path / "broken.csv").write_text(text.replace("price_usd_per_mwh", "price"))
    naive = template_csv().decode().replace(":00Z", ":00").split("\n")
    del naive[8]
    (tmp_path / "naive.csv").write_text("\n".join(naive))
    return tmp_path


def test_a_good_file_is_summed_up(files: Path) -> None:
    done = run("check", files / "mine.xlsx", "--title", "Mine")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Mine: no problems.\n3 sites, 3 with demand: germany, texas")
    assert "168 hours, 2024-06-03 00:00 to 2024-06-09 23:00 UTC" in done.stdout
    assert "Id own-" in done.stdout


def test_what_was_understood_is_said(files: Path) -> None:
    said = run("check", files / "mine.xlsx").stdout
    for line in (
        "Price: 16 to 124 USD/MWh, mean 78.3.",
        "Carbon: 0.27 to 0.48 t/MWh, mean 0.413.",
        "MWh in all; the peak takes 60.4% of the capacity of 180 MW.",
        "texas: latitude 32.78, longitude -96.8, in United States of America.",
        "sheet hourly: the hours (hour) were read in UTC, by the offset written behind each.",
    ):
        assert line in said
    assert "Look again" not in said


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (",48.14,11.58,", ",11.58,48.14,", "with latitude and longitude swapped"),
        (",32.78,-96.8,", ",32.78,96.8,", "with the other sign of the longitude"),
        (",1.35,103.82,", ",1.35,-20,", "km from Singapore, its country"),
        ("price_usd_per_mwh", "price_uscent_per_kwh", "price of germany is 820 USD/MWh"),
        ("carbon_t_per_mwh", "carbon_kg_per_mwh", "outside the usual 0.001 to 2; check the unit"),
    ],
)
def test_swapped_coordinates_and_factors_of_a_thousand_are_seen(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    (tmp_path / "mine.csv").write_text(template_csv().decode().replace(old, new))
    done = run("check", tmp_path / "mine.csv")
    assert done.exit_code == 0, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("Look again")]
    assert words in line


def test_a_rate_is_stated_and_kept_with_the_source(files: Path) -> None:
    euros = template_csv().decode().replace("price_usd_per_mwh", "price_eur_per_mwh")
    (files / "euro.csv").write_text(euros)
    assert "what one EUR is worth in USD" in run("check", files / "euro.csv").stderr
    done = run("check", files / "euro.csv", "--rate", "eur=1.08")
    assert "Converted from EUR/MWh at 1.08 USD per EUR, stated by whoever" in done.stdout


def test_every_problem_is_a_line_and_the_same_as_in_python(files: Path) -> None:
    done = run("check", files / "broken.csv")
    assert done.exit_code == 2
    assert done.stdout == ""
    with pytest.raises(DatasetProblems) as caught:
        read_upload({"broken.csv": (files / "broken.csv").read_bytes()})
    *lines, last = done.stderr.splitlines()
    assert lines == [str(problem) for problem in caught.value.problems]
    assert last == f"{caught.value.count} problem; nothing was taken over."


@pytest.mark.slow
def test_answers_settle_what_the_file_leaves_open(files: Path) -> None:
    assert "name no time zone" in run("check", files / "naive.csv").stderr
    answers = ("--timezone", "UTC", "--fill-gaps")
    done = run("check", files / "naive.csv", *answers)
    assert done.exit_code == 0, done.stderr
    assert "Note: price_usd_per_mwh: 1 of 504 values were missing and are filled" in done.stdout
    unit = run("check", files / "broken.csv", "--unit", "price=usd_per_kwh")
    assert "names no unit" not in unit.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.csv"], "nowhere.csv cannot be read: no such file"),
        (["."], "cannot be read"),
        (["mine.csv", "--timezone", "Mars"], "Mars is no time zone known here"),
        (["mine.csv", "--unit", "price"], "must be COLUMN=UNIT"),
        (["mine.csv", "--rate", "EUR"], "must be CURRENCY=USD; write it as EUR=1.08"),
        (["mine.csv", "--rate", "EUR=much"], "has the number much"),
        (["mine.csv", "--rate", "EUR=-1"], "rate of EUR is -1 USD, but must be above 0"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    files: Path, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files)
    assert words in str(run("check", *arguments).exception)


def _written(folder: Path) -> Path:
    (folder / "kept.csv").write_bytes(template_csv())
    return folder / "kept.csv"


def test_bundled_and_stored_data_sets_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "store.sqlite"
    monkeypatch.setenv("EQUITY_STORE_FILE", str(file))
    done = run("datasets")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].split()[0] == "paper-2022"
    assert "world-2023" in done.stdout
    assert not file.exists()
    mine = read_upload({"mine.csv": template_csv()})
    Store().save_dataset(mine)
    assert run("check", "--keep", "--title", "Kept", _written(tmp_path)).exit_code == 0
    assert "Kept" in run("datasets").stdout
    assert run("datasets").stdout.count(mine.id) == 1


@pytest.mark.slow
def test_an_export_is_read_as_described_and_kept_only_when_that_is_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EQUITY_STORE_FILE", str(tmp_path / "store.sqlite"))
    for name, text in (("em.csv", MAPS), ("sites.csv", sites("price water demand", one="DE"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    given = ("check", tmp_path / "em.csv", tmp_path / "sites.csv", "--title", "Maps")
    described = "em.csv was read as Electricity Maps, carbon intensity: carbon_g_per_kwh for one;"
    done = run(*given)
    assert done.exit_code == 0
    assert described in done.stdout
    refused = run(*given, "--keep")
    assert refused.exit_code == 2
    assert described in refused.stderr
    assert "Nothing was kept. Add --yes" in refused.stderr
    assert "Maps" not in run("datasets").stdout
    assert run(*given, "--keep", "--yes").exit_code == 0
    assert "Maps" in run("datasets").stdout


def test_burdens_of_nothing_do_not_change_and_are_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EQUITY_STORE_FILE", str(tmp_path / "store.sqlite"))
    lines = template_csv().decode().replace("water_m3_per_mwh", "water_l_per_mwh").splitlines()
    at = lines[0].split(",").index("water_l_per_mwh")
    dry = [",".join([*row[:at], "0", *row[at + 1 :]]) for row in (x.split(",") for x in lines[1:])]
    (tmp_path / "dry.csv").write_text("\n".join([lines[0], *dry]))
    kept = run("check", "--keep", tmp_path / "dry.csv").stdout.splitlines()[-1]
    said = run("solve", "--set", f"dataset={kept.removeprefix('Id ').rstrip('.')}").stdout
    assert "Worst water         0 m³ (no change)\n" in said
    assert "not known" not in said
