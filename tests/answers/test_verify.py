"""An untouched export holds; whatever was changed is named."""

import json
import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from equity_core import Scenario, load_dataset
from equity_core.answers import Answer, Making
from equity_core.answers.reading import read_files, read_upload
from equity_core.answers.report import Verdict
from equity_core.answers.verify import verify
from equity_core.errors import EquityError
from equity_core.scenario.link import fingerprint, to_query


@pytest.fixture(scope="module")
def files(package):
    """The unpacked package, name to content."""
    return read_upload("package.zip", package)


def verdicts(files, load=load_dataset):
    return {line.place: line for line in verify(files, load).lines}


def edited(files, name, old, new):
    """One file of the package with its first `old` replaced; it must have one."""
    content = files[name].decode()
    assert old in content
    return {name: content.replace(old, new, 1).encode()}


@pytest.mark.slow
def test_an_untouched_package_holds(files):
    report = verify(files, load_dataset)
    assert report.holds
    assert {line.verdict for line in report.lines} == {Verdict.SAME}
    assert {line.place for line in report.lines} >= set(files)
    assert report.text().endswith("Everything that was checked holds.")


ALONE = ("regions.csv", "hours.csv", "comparison.csv")
ALONE += ("regions.geojson", "regions.gpkg", "scenario.json", "result.json")
ALONE += ("map-water_m3-change.png", "map-water_m3-change.svg", "map-water_m3-change.pdf")


@pytest.mark.slow
@pytest.mark.parametrize("name", ALONE)
def test_every_file_holds_alone_under_the_name_of_a_download(files, name):
    assert verify({f"equity-paper-2022-062909a26410-{name}": files[name]}, load_dataset).holds


def test_the_frontier_is_traced_with_as_many_points_as_the_file_has(files):
    assert len(pd.read_csv(BytesIO(files["frontier.csv"]))) == 5
    assert verify({"frontier (1).csv": files["frontier.csv"]}, load_dataset).holds


def test_a_changed_cell_is_named_by_row_and_column(files):
    value = pd.read_csv(BytesIO(files["regions.csv"]), dtype=str)["water_m3_after"][2]
    line = verdicts(edited(files, "regions.csv", value, "1500"))["regions.csv"]
    assert line.verdict is Verdict.EDITED
    assert "row 4 (georgia), column water_m3_after: 1500 stands there" in line.words
    assert value in line.words


@pytest.mark.slow
def test_a_changed_cell_of_a_workbook_is_named(files):
    with ZipFile(BytesIO(files["tables.xlsx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    cell = re.search(r'<c r="D3"[^>]*><v>([^<]+)</v>', sheet)
    parts["xl/worksheets/sheet2.xml"] = sheet.replace(cell[1], "1").encode()
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    making = Making(Answer.to(Scenario(), load_dataset("paper-2022")))
    whole = making.file("tables.xlsx")
    assert verify({"tables.xlsx": whole}, load_dataset).holds
    line = verdicts({"tables.xlsx": buffer.getvalue()})["tables.xlsx"]
    assert line.verdict is Verdict.EDITED
    assert "sheet Regions, row 3 (virginia), column Energy, this plan (MWh)" in line.words


def test_a_changed_property_of_a_map_layer_is_named(files):
    line = verdicts(edited(files, "regions.geojson", '"worse": false', '"worse": true'))
    assert "row 2 (texas), column worse" in line["regions.geojson"].words


def test_a_row_left_out_is_missed_and_a_sorted_table_holds(files):
    header, first, *rest = files["regions.csv"].decode().splitlines()
    without = "\n".join([header, *rest]).encode()
    assert "row texas" in verdicts({"regions.csv": without})["regions.csv"].words
    turned = "\n".join([header, *rest[::-1], first]).encode()
    assert verify({"regions.csv": turned}, load_dataset).holds


def test_an_edited_scenario_is_noticed(files):
    alone = edited(files, "scenario.json", '"water_weight": 60.0', '"water_weight": 70.0')
    line = verdicts(alone)["scenario.json"]
    assert line.verdict is Verdict.EDITED
    assert "water_weight" in line.words
    stated = edited(files, "regions.csv", "v=2\n", "v=2&water_weight=70\n")
    assert "column scenario" in verdicts(stated)["regions.csv"].words


def test_a_fingerprint_that_belongs_to_something_else_is_noticed(files):
    everywhere = files["regions.csv"].decode().replace(",v=2\n", ",v=2&water_weight=70\n")
    lines = verdicts({"regions.csv": everywhere.encode()})
    assert lines["fingerprint"].verdict is Verdict.EDITED
    assert lines["regions.csv"].verdict is not Verdict.SAME


def test_an_export_of_the_first_version_of_links_still_finds_its_scenario():
    """As it was written then: under that version's link and fingerprint, compared as set."""
    scenario = Scenario(policy="cost", baseline_world="as_set", factors={"texas": {"water": 2}})
    answer = Answer.to(scenario, load_dataset("paper-2022"))
    now, data = answer.outcome.fingerprint, answer.outcome.data_version
    then = fingerprint(scenario, data, link_version="1")
    text = Making(answer).file("regions.csv").decode()
    old = text.replace(to_query(scenario), "v=1&policy=cost&texas.water=2").replace(now, then)
    lines = verdicts({"regions.csv": old.encode()})
    assert lines["fingerprint"].verdict is Verdict.SAME
    assert lines["link"].verdict is Verdict.CHANGED
    assert lines["regions.csv"].verdict is Verdict.SAME


def test_other_data_or_another_product_version_is_told_apart_from_editing(files):
    def other_data(name):
        data = load_dataset(name)
        return replace(data, version="0123456789ab", price=data.price * 1.01)

    lines = verdicts({"regions.csv": files["regions.csv"]}, other_data)
    assert lines["data"].verdict is Verdict.CHANGED
    assert "here it is 0123456789ab" in lines["data"].words
    assert lines["regions.csv"].verdict is Verdict.DIFFERS
    assert "numbers differ by up to" in lines["regions.csv"].words


def test_a_lost_and_a_foreign_file_are_told(files, making, package, monkeypatch):
    monkeypatch.setattr(Making, "zip", lambda self: package)
    kept = {name: content for name, content in files.items() if name != "hours.csv"}
    lines = verdicts(kept | {"notes.md": b"mine"})
    assert lines["hours.csv"].verdict is Verdict.MISSING
    assert lines["notes.md"].verdict is Verdict.SKIPPED


@pytest.mark.slow
def test_an_overpainted_picture_differs(files):
    with Image.open(BytesIO(files["map-water_m3-change.png"])) as picture:
        info, painted = picture.info, picture.copy()
    painted.paste("white", (0, 0, 1000, 100))
    from PIL.PngImagePlugin import PngInfo

    buffer, text = BytesIO(), PngInfo()
    for name, value in info.items():
        if isinstance(value, str):
            text.add_text(name, value)
    painted.save(buffer, "png", pnginfo=text)
    line = verdicts({"map-water_m3-change.png": buffer.getvalue()})["map-water_m3-change.png"]
    assert line.verdict is Verdict.EDITED
    assert "pixels differ" in line.words


@pytest.mark.parametrize("share", [0.3, 0.999])
def test_a_truncated_zip_is_a_sentence(package, share):
    with pytest.raises(EquityError, match="damaged or cut short"):
        read_upload("package.zip", package[: int(len(package) * share)])


def test_a_damaged_zip_is_a_sentence(package):
    broken = bytearray(package)
    broken[len(package) // 2] ^= 0xFF
    with pytest.raises(EquityError, match="damaged or cut short"):
        read_upload("package.zip", bytes(broken))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("regions.csv", b"a,b\n1,2\n", "Nothing says which scenario"),
        ("regions.csv", b"", "cannot be read as what its name says"),
        ("regions.geojson", b"{", "cannot be read as what its name says"),
        ("tables.xlsx", b"no", "cannot be read as what its name says"),
        ("regions.gpkg", b"no", "cannot be read as what its name says"),
        ("map-water_m3-change.png", b"no", "Nothing says which scenario"),
        ("notes.md", b"mine", "Nothing says which scenario"),
    ],
)
def test_what_cannot_be_verified_is_a_sentence(name, content, words):
    with pytest.raises(EquityError, match=words):
        verify({name: content}, load_dataset)


def test_a_folder_and_a_file_that_is_not_there_are_read(tmp_path, files):
    (tmp_path / "result.json").write_bytes(files["result.json"])
    assert read_files(tmp_path) == {"result.json": files["result.json"]}
    with pytest.raises(EquityError, match="no such file"):
        read_files(tmp_path / "gone")
    assert json.loads(files["result.json"])["scenario"] == "v=2"


@pytest.mark.slow
@settings(max_examples=6)
@given(
    policy=st.sampled_from(["cost", "equity", "carbon", "nearest"]),
    reach=st.sampled_from(["full", "partial"]),
    weight=st.floats(1, 1e4),
    factor=st.floats(0.1, 10),
    file=st.sampled_from(["regions.csv", "hours.csv", "regions.gpkg", "comparison.csv"]),
)
def test_whatever_is_asked_its_export_holds(policy, reach, weight, factor, file):
    scenario = Scenario(
        policy=policy, reach=reach, water_weight=weight, factors={"japan": {"water": factor}}
    )
    making = Making(Answer.to(scenario, load_dataset("paper-2022")))
    assert verify({file: making.file(file)}, load_dataset).holds
