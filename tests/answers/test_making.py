"""The zip as others open it: a Frictionless Data Package with the same bytes every time."""

import hashlib
import json
from io import BytesIO
from zipfile import ZipFile

import frictionless
import pandas as pd
import pytest
from PIL import Image

from equity_core import Scenario
from equity_core.answers import Answer, Making
from equity_core.errors import EquityError
from equity_core.text.caveats import long_caveats


@pytest.fixture(scope="module")
def folder(package, tmp_path_factory):
    """The unpacked zip."""
    place = tmp_path_factory.mktemp("package")
    with ZipFile(BytesIO(package)) as archive:
        assert archive.testzip() is None
        archive.extractall(place)
    return place


@pytest.mark.slow
def test_the_zip_holds_every_kind_of_file(folder):
    assert {path.name for path in folder.iterdir()} == {
        *("README.txt", "datapackage.json", "scenario.json", "result.json"),
        *("regions.csv", "comparison.csv", "hours.csv", "frontier.csv", "tables.xlsx"),
        *("regions.geojson", "regions.gpkg", "briefing.html", "briefing.pdf"),
        *(f"frontier.{form}" for form in ("png", "svg", "pdf")),
        *(f"map-{c}-change.{f}" for c in ("water_m3", "carbon_t") for f in ("png", "svg", "pdf")),
    }


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_frictionless_finds_nothing_wrong(folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.flatten(["type", "note"]) == []
    assert report.stats["tasks"] == len(list(folder.iterdir())) - 1


def test_the_description_has_types_units_licences_and_sources(folder, making, dataset):
    description = json.loads((folder / "datapackage.json").read_text())
    assert description["licenses"][0]["name"] == "MIT"
    assert {"CC-BY-4.0"} <= {licence["name"] for licence in description["licenses"]}
    assert any("AQUASTAT" in source["title"] for source in description["sources"])
    assert description["caveats"] == list(long_caveats(making.answer.outcome, dataset))
    resources = {resource["path"]: resource for resource in description["resources"]}
    fields = {field["name"]: field for field in resources["regions.csv"]["schema"]["fields"]}
    assert fields["water_m3_after"]["type"] == "number"
    assert fields["water_m3_after"]["unit"] == "m3"
    content = (folder / "hours.csv").read_bytes()
    assert resources["hours.csv"]["bytes"] == len(content)
    assert resources["hours.csv"]["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_readme_says_how_to_check_and_repeat(folder, making):
    words = (folder / "README.txt").read_text()
    assert making.answer.outcome.fingerprint in words
    assert "python -m equity_core verify" in words
    assert all(path.name in words for path in folder.iterdir())


@pytest.mark.slow
def test_the_same_scenario_is_the_same_zip(package, dataset):
    again = Making(Answer.to(Scenario(), dataset, points=5)).zip()
    assert hashlib.sha256(again).digest() == hashlib.sha256(package).digest()


@pytest.mark.slow
def test_a_file_alone_is_the_file_in_the_zip(folder, making):
    for path in folder.iterdir():
        if path.name not in ("README.txt", "datapackage.json"):
            assert making.file(path.name) == path.read_bytes(), path.name


def test_maps_are_fit_for_print(folder):
    with Image.open(folder / "map-water_m3-change.png") as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


@pytest.mark.slow
def test_without_weights_there_is_no_frontier_and_the_zip_says_so(dataset):
    answer = Answer.to(Scenario(policy="cost", water_weight=0, carbon_weight=0), dataset)
    with ZipFile(BytesIO(Making(answer).zip())) as archive:
        assert "frontier.csv" not in archive.namelist()
        assert "frontier.csv" not in archive.read("README.txt").decode()
    with pytest.raises(EquityError, match="no frontier"):
        Making(answer).file("frontier.csv")


def test_an_unknown_file_is_refused_with_the_known_ones(making):
    with pytest.raises(EquityError, match=r"no file called 'region.csv'.*regions.csv"):
        making.file("region.csv")


@pytest.mark.slow
def test_a_year_of_sixteen_sites_streams(tmp_path):
    from equity_core import load_dataset

    scenario = Scenario(dataset="world-2023")
    making = Making(Answer.to(scenario, load_dataset("world-2023")))
    pieces = list(making.makers["hours.csv"]())
    assert max(map(len, pieces)) < 3_000_000
    assert len(pd.read_csv(BytesIO(b"".join(pieces)))) == 16 * 8760


def test_a_new_site_is_on_every_map(dataset):
    scenario = Scenario(new_site_like="texas", new_site_latitude=60, new_site_longitude=15)
    making = Making(Answer.to(scenario, dataset, points=3))
    for file in ("regions.geojson", "regions.gpkg"):
        assert b"new-site" in making.file(file)
    without = Making(Answer.to(Scenario(), dataset)).file("map-water_m3-burden.svg")
    # One more marker, ring and label than without the new site.
    assert making.file("map-water_m3-burden.svg").count(b"<use") > without.count(b"<use")
