"""Identical is said of identical bytes alone; whatever was changed or not compared is named."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_core import Scenario, load_dataset
from equity_core.answers import Answer, Making
from equity_core.errors import EquityError
from equity_core.scenario.link import fingerprint, to_query
from equity_core.verification.reading import read_files
from equity_core.verification.report import Light, Verdict
from equity_core.verification.verify import verify
from equity_core.verification.wanted import PACKED
from tests.verification.forging import FORGERIES, figure, swapped

# Every file of a plan is made and judged; in the quick tests, tests/test_cli.py has verify answer.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files(package):
    """The unpacked package, name to content."""
    with ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def packed_once(package):
    """The package is what it is: packing it again for every test would take minutes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Making, "zip", lambda self: package)
        yield


def lines_of(files, load=load_dataset):
    return {line.place: line for line in verify(files, load).lines}


def edited(files, name, old, new):
    """One file of the package with its first `old` replaced; it must have one."""
    return {name: swapped(old, new)(files[name])}


def test_an_untouched_package_is_identical(package, files):
    report = verify({"all.zip": package}, load_dataset)
    assert report.holds
    assert {line.verdict for line in report.lines} == {Verdict.SAME, Verdict.FITS}
    assert {line.place for line in report.lines} >= {"all.zip", *files}
    assert report.text().startswith("Identical: byte for byte")


UNTOUCHED = {
    "minister.html": "briefing.html",
    "map (1).png": "map-water_m3-change.png",
    "REGIONS.TXT": "regions.csv",
    "figures": "frontier.csv",
    "paper.csv": "briefing.pdf",
    "a.json": "regions.geojson",
    "b.json": "scenario.json",
    "c.json": "result.json",
    "drawing": "map-carbon_t-change.svg",
    "drawing.pdf": "map-carbon_t-change.pdf",
    "curve.pdf": "frontier.pdf",
    "layer.sqlite": "regions.gpkg",
    "book.zip": "tables.xlsx",
    "hours.csv": "comparison.csv",
}


def test_an_untouched_file_is_identical_under_any_name(files):
    report = verify({name: files[export] for name, export in UNTOUCHED.items()}, load_dataset)
    assert report.holds, report.text()
    for line in report.lines:
        if line.place in UNTOUCHED:
            assert line.words.startswith(UNTOUCHED[line.place])


@pytest.mark.parametrize("name", ["regions.csv", "hours.csv", "scenario.json", "result.json"])
def test_a_file_alone_is_identical(files, name):
    assert verify({"download": files[name]}, load_dataset).holds


def test_a_readme_alone_is_identical(files, packed_once):
    report = verify({"what is this": files["README.txt"]}, load_dataset)
    assert {line.place for line in report.lines if line.verdict is Verdict.SAME} == {"what is this"}
    assert report.light is Light.AMBER  # the rest of the package is missing


@pytest.fixture(scope="module")
def forged(files, packed_once):
    """Every forgery, verified together with an untouched table: place -> line."""
    changed = {one.name: one.change(files[one.export]) for one in FORGERIES}
    return lines_of(changed | {"honest": files["scenario.json"]})


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda one: one.name)
def test_a_forgery_is_never_identical_and_what_is_wrong_is_told(forged, forgery):
    line = forged[forgery.name]
    assert line.light == forgery.light, line
    assert re.search(forgery.words, line.words), line
    assert forged["honest"].verdict is Verdict.SAME


def test_the_frontier_is_traced_with_as_many_points_as_the_file_has(files):
    assert len(pd.read_csv(BytesIO(files["frontier.csv"]))) == 5
    assert verify({"frontier (1).csv": files["frontier.csv"]}, load_dataset).holds


def test_a_changed_cell_is_named_by_row_and_column(files):
    value = pd.read_csv(BytesIO(files["regions.csv"]), dtype=str)["water_m3_after"][2]
    line = lines_of(edited(files, "regions.csv", value, "1500"))["regions.csv"]
    assert line.verdict is Verdict.EDITED
    assert "row 4 (georgia), column water_m3_after: 1500 stands there" in line.words
    assert value in line.words


def test_a_changed_property_of_a_map_layer_is_named(files):
    line = lines_of(edited(files, "regions.geojson", '"worse": false', '"worse": true'))
    assert "row 2 (texas), column worse" in line["regions.geojson"].words


def test_cells_that_moved_into_other_columns_are_told_with_what_the_file_states(files):
    head, *rows = files["regions.csv"].decode().splitlines()
    moved = [",".join([cells[-1], *cells[:-1]]) for cells in (row.split(",") for row in rows)]
    content = "\n".join([head, *moved]).encode()
    with pytest.raises(EquityError, match=r"This states the scenario '0.1.0'.*Export it again"):
        verify({"regions.csv": content}, load_dataset)


def test_a_row_left_out_is_missed(files):
    header, _, *rest = files["regions.csv"].decode().splitlines()
    without = "\n".join([header, *rest]).encode()
    assert "row texas" in lines_of({"regions.csv": without})["regions.csv"].words


def test_an_edited_scenario_is_noticed(files):
    alone = edited(files, "scenario.json", '"water_weight": 60.0', '"water_weight": 70.0')
    line = lines_of(alone)["scenario.json"]
    assert line.verdict is Verdict.EDITED
    assert "water_weight" in line.words
    stated = edited(files, "regions.csv", "v=2\n", "v=2&water_weight=70\n")
    assert "column scenario" in lines_of(stated)["regions.csv"].words


def test_a_fingerprint_that_belongs_to_something_else_is_noticed(files):
    everywhere = files["regions.csv"].decode().replace(",v=2\n", ",v=2&water_weight=70\n")
    lines = lines_of({"regions.csv": everywhere.encode()})
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
    lines = lines_of({"regions.csv": old.encode()})
    assert lines["fingerprint"].verdict is Verdict.FITS
    assert lines["link"].verdict is Verdict.CHANGED
    assert lines["regions.csv"].verdict is Verdict.ALTERED


def test_other_data_or_another_product_version_is_told_apart_from_editing(files):
    def other_data(name):
        data = load_dataset(name)
        return replace(data, version="0123456789ab", price=data.price * 1.01)

    lines = lines_of({"regions.csv": files["regions.csv"]}, other_data)
    assert lines["data"].verdict is Verdict.CHANGED
    assert "here it is 0123456789ab" in lines["data"].words
    assert lines["regions.csv"].verdict is Verdict.DIFFERS
    assert "numbers differ by up to" in lines["regions.csv"].words


def test_figures_of_another_version_that_agree_are_altered(files):
    """The same figures, as a product of another version would have stated them."""
    old = "0.0.9"
    content = files["regions.csv"].decode().replace(",0.1.0,", f",{old},")
    plan, data = Scenario(), load_dataset("paper-2022")
    for one in (plan, plan.baseline_scenario()):
        content = content.replace(
            fingerprint(one, data.version), fingerprint(one, data.version, old)
        )
    report = verify({"regions.csv": content.encode()}, load_dataset)
    lines = {line.place: line for line in report.lines}
    assert lines["fingerprint"].verdict is Verdict.FITS
    assert lines["product"].verdict is Verdict.CHANGED
    assert lines["regions.csv"].verdict is Verdict.ALTERED
    assert report.summary() == "Altered; the figures that could be read agree."


def test_rounding_in_the_last_digits_is_another_machine(files):
    value = pd.read_csv(BytesIO(files["regions.csv"]), dtype=str)["water_m3_after"][2]
    report = verify(
        edited(files, "regions.csv", value, f"{float(value) + 1e-7:.10f}"), load_dataset
    )
    assert [line.verdict for line in report.lines if line.place == "regions.csv"] == [Verdict.ALIKE]
    assert report.summary().startswith("Same figures, other machine")
    assert not report.holds


def test_a_package_of_another_machine_has_the_same_figures(files, packed_once):
    figure = pd.read_csv(BytesIO(files["regions.csv"]), dtype=str)["water_m3_after"][2]
    moved = edited(files, "regions.csv", figure, f"{float(figure) + 1e-7:.10f}")
    old, new = (sha256(one).hexdigest() for one in (files["regions.csv"], moved["regions.csv"]))
    moved |= edited(files, "datapackage.json", old, new)
    report = verify({"all.zip": repacked(files | moved)}, load_dataset)
    assert report.summary().startswith("Same figures, other machine"), report.text()
    assert not report.holds


def repacked(files, compression=ZIP_STORED, comment=b""):
    buffer = BytesIO()
    with ZipFile(buffer, "w", compression) as archive:
        archive.comment = comment
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_package_is_judged_as_a_whole(files, package, packed_once):
    def judged(content):
        report = verify({"all.zip": content}, load_dataset)
        # Of two lines about a file the more important comes first.
        return report, {line.place: line.verdict for line in reversed(report.lines)}

    for content in (repacked(files), package + b"more", package[:-2] + b"\1\0!"):
        report, lines = judged(content)
        assert report.light is Light.AMBER
        assert lines["all.zip"] is Verdict.ALTERED
        assert lines["regions.csv"] is Verdict.SAME
    without = {name: files[name] for name in files if name != "datapackage.json"}
    assert judged(repacked(without))[1]["datapackage.json"] is Verdict.MISSING
    report, lines = judged(repacked(files | {"notes.md": b"mine", "copy.csv": b"a,b"}))
    assert lines["notes.md"] is lines["copy.csv"] is Verdict.SKIPPED
    assert report.lines[0].verdict is Verdict.SKIPPED
    assert report.summary().startswith("Not checked: notes.md, copy.csv.")
    changed = figure(5, "1")(files["regions.csv"])
    report, lines = judged(repacked(files | {"regions.csv": changed, "notes.md": b"mine"}))
    assert report.light is Light.RED
    assert lines["regions.csv"] is lines["datapackage.json"] is Verdict.EDITED
    assert report.summary().startswith("Not checked: notes.md. Something differs: ")


def test_two_members_of_one_name_are_refused(files):
    buffer = BytesIO()
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(buffer, "w") as archive:
        archive.writestr("regions.csv", files["regions.csv"])
        archive.writestr("regions.csv", figure(5, "1")(files["regions.csv"]))
    with pytest.raises(EquityError, match="twice"):
        verify({"all.zip": buffer.getvalue()}, load_dataset)


def test_a_briefing_that_leads_elsewhere_is_told(files):
    link = "http://127.0.0.1:8501/?v=2&amp;fingerprint=48d172e47bda"
    bad = files["briefing.html"].decode().replace(link, link.replace("127.0.0.1", "example.org"))
    lines = lines_of({"briefing.html": bad.encode(), "frontier.csv": files["frontier.csv"]})
    assert lines["address"].verdict is Verdict.EDITED
    assert "example.org" in lines["address"].words
    assert lines["briefing.html"].verdict is Verdict.EDITED


def test_a_lost_and_a_foreign_file_are_told(files, packed_once):
    kept = {name: content for name, content in files.items() if name != "hours.csv"}
    lines = lines_of(kept | {"notes.md": b"mine"})
    assert lines["hours.csv"].verdict is Verdict.MISSING
    assert lines["notes.md"].verdict is Verdict.SKIPPED


@pytest.mark.parametrize("share", [0.3, 0.999])
def test_a_truncated_zip_is_a_sentence(package, share):
    with pytest.raises(EquityError, match="damaged or cut short"):
        verify({"all.zip": package[: int(len(package) * share)]}, load_dataset)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("regions.csv", b"a,b\n1,2\n", "Nothing says which scenario"),
        ("regions.csv", b"", "Nothing says which scenario"),
        ("regions.geojson", b"{", "is damaged, cut short"),
        ("tables.xlsx", b"no", "Nothing says which scenario"),
        ("tables.xlsx", b"PK\3\4", "damaged or cut short"),
        ("regions.gpkg", b"no", "Nothing says which scenario"),
        ("map-water_m3-change.png", b"\x89PNG\r\n\x1a\n\0", "is cut short"),
        ("notes\u202e.md", b"mine", r"notes\\u202e.md"),
    ],
)
def test_what_cannot_be_verified_is_a_sentence(name, content, words):
    with pytest.raises(EquityError, match=words):
        verify({name: content}, load_dataset)


@pytest.mark.parametrize("place", ["/etc", "../..", "data/paper-2022", "http://10.0.0.1/"])
def test_a_file_never_names_a_place_of_this_machine(files, place):
    named = files["regions.csv"].replace(b",paper-2022,", f",{place},".encode())
    with pytest.raises(EquityError, match="does not come with the program"):
        verify({"regions.csv": named}, load_dataset)


def test_a_file_that_is_no_geopackage_is_not_opened(files):
    virtual = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>CSV:/etc/hostname'
    lines = lines_of({"regions.gpkg": virtual, "scenario.json": files["scenario.json"]})
    assert lines["regions.gpkg"].verdict is Verdict.SKIPPED
    assert lines["regions.gpkg"].words.startswith("by its content this is not a GeoPackage")


def test_odd_points_are_no_points(files):
    odd = files["frontier.csv"].decode().replace(",5,48d1", ",²,48d1").encode()
    assert lines_of({"frontier.csv": odd})["frontier.csv"].verdict is Verdict.EDITED


def test_a_workbook_that_asks_for_too_much_memory_ends_alone(files):
    far = BytesIO()
    with ZipFile(BytesIO(files["tables.xlsx"])) as old, ZipFile(far, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet2.xml"):
                part = part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="n">'
                                    b"<v>1</v></c></row></sheetData>")  # fmt: skip
            new.writestr(name, part)
    lines = lines_of({"tables.xlsx": far.getvalue(), "regions.csv": files["regions.csv"]})
    assert lines["tables.xlsx"].verdict in (Verdict.DAMAGED, Verdict.EDITED)
    assert lines["regions.csv"].verdict is Verdict.SAME


def test_a_folder_and_a_file_that_is_not_there_are_read(tmp_path, files):
    (tmp_path / "result.json").write_bytes(files["result.json"])
    assert read_files(tmp_path) == {"result.json": files["result.json"]}
    with pytest.raises(EquityError, match="no such file"):
        read_files(tmp_path / "gone")
    assert json.loads(files["result.json"])["scenario"] == "v=2"


@settings(max_examples=8)
@given(data=st.data())
def test_no_file_with_a_changed_byte_is_identical(files, data):
    export = data.draw(st.sampled_from([name for name in files if name not in PACKED]))
    content = bytearray(files[export])
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    beside = {"frontier": files["frontier.csv"], "scenario": files["scenario.json"]}
    line = lines_of(beside | {"changed": bytes(content)})["changed"]
    assert line.light is not Light.GREEN


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
