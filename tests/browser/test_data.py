"""The Data page in a real browser: bring the template, use it, share it; break it and be told."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from bench.serving import served
from equity_core.inputs.upload import DatasetProblems, read_upload
from equity_core.inputs.upload.template import template_csv, template_xlsx
from equity_core.store.store import Store
from tests.browser.driving import HEAT, address, open_explore
from tests.elsewhere import SPAIN, placed_csv
from tests.inputs.exports import MAPS, sites
from ui.maps.places import ALL, camera_for, mercator, places_of

WAIT = 60_000


@pytest.fixture(scope="module")
def store_file(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("store") / "store.sqlite"


@pytest.fixture(scope="module")
def app(store_file, tmp_path_factory):
    """An app with a store of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_STORE_FILE", str(store_file))
        with served(tmp_path_factory.mktemp("server") / "server.log") as running:
            yield running.address


def open_data(page: Page, where: str) -> None:
    page.goto(where)
    expect(page.locator(HEAT).first).to_be_visible(timeout=WAIT)


def bring(page: Page, name: str, content: bytes) -> None:
    page.get_by_role("tab", name="Bring your own").click()
    files = page.locator(".st-key-own_files input[type=file]")
    files.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_from_the_template_to_a_map_that_others_can_open(new_page, app):
    page = new_page(accept_downloads=True)
    open_data(page, f"{app}/data?v=2")
    page.get_by_role("tab", name="Bring your own").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Template XLSX").click()
    content = Path(download.value.path()).read_bytes()
    assert content == template_xlsx()
    bring(page, "mine.xlsx", content)
    preview = page.locator(".st-key-own_preview")
    expect(preview).to_contain_text("mine: no problems.", timeout=WAIT)
    expect(preview).to_contain_text("168 hours, 2024-06-03 00:00 to 2024-06-09 23:00 UTC")
    expect(preview.locator(HEAT).first).to_be_visible()
    page.get_by_role("button", name="Use this data set").click()
    expect(page.locator("h1.ee-headline")).to_contain_text(
        "mine: 3 regions, 168 hours", timeout=WAIT
    )
    wanted = read_upload({"mine.xlsx": content}).id
    assert address(page)["dataset"] == wanted
    colleague = new_page()
    open_explore(colleague, f"{app}/?v=2&dataset={wanted}")
    assert colleague.locator(".ee-bars tbody tr").count() == 3
    expect(colleague.locator(".st-key-map [role=figure]")).to_be_visible()


def test_problems_are_those_of_the_command_line_and_nothing_is_lost(new_page, app):
    page = new_page()
    open_data(page, f"{app}/data?v=2&policy=cost")
    text = template_csv().decode().replace("price_usd_per_mwh", "price").splitlines()
    text[8] = text[8].rsplit(",", 1)[0] + ",much"
    broken = "\n".join(text).encode()
    bring(page, "broken.csv", broken)
    listed = page.locator(".st-key-own_problems")
    with pytest.raises(DatasetProblems) as caught:
        read_upload({"broken.csv": broken})
    expect(listed).to_contain_text("2 problems. Nothing was taken over", timeout=WAIT)
    for problem in caught.value.problems:
        expect(listed).to_contain_text(str(problem))
    assert address(page) == {"v": "2", "policy": "cost"}
    unit = page.get_by_role("combobox", name="Unit of the column price")
    unit.click()
    page.get_by_role("option", name="USD/MWh", exact=True).click()
    expect(listed).to_contain_text("One problem. Nothing was taken over", timeout=WAIT)


def test_an_export_is_used_as_described_with_one_click(new_page, app):
    page = new_page()
    open_data(page, f"{app}/data?v=2")
    page.get_by_role("tab", name="Bring your own").click()
    contents = {"em.csv": MAPS, "sites.csv": sites("price water demand", one="DE", two="DE")}
    page.locator(".st-key-own_files input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
            for name, text in contents.items()
        ]
    )
    preview = page.locator(".st-key-own_preview")
    expect(preview).to_contain_text("em.csv was read as Electricity Maps", timeout=WAIT)
    expect(page.get_by_role("button", name="Use this data set")).to_have_count(0)
    page.get_by_role("button", name="Read as described and use it").click()
    expect(page.locator("h1.ee-headline")).to_contain_text("em: 2 regions, 2 hours", timeout=WAIT)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("program.csv", b"MZ\x90" + b"\0" * 900, "program.csv: this is not a table"),
        ("wide.csv", b"," * 10_000 + b"\n", "10,001 columns are too many"),
        ("bomb.xlsx", b"PK\x03\x04" + b"0" * 99, "bomb.xlsx: this is damaged or cut short"),
    ],
)
def test_what_is_no_table_is_one_sentence_and_the_page_goes_on(new_page, app, name, content, words):
    page = new_page()
    open_data(page, f"{app}/data?v=2")
    bring(page, name, content)
    expect(page.locator(".st-key-own_problems")).to_contain_text(words, timeout=WAIT)
    page.get_by_role("link", name="Method").click()
    expect(page.locator("h1.ee-headline")).to_contain_text("How the plans are made", timeout=WAIT)


def test_a_scenario_saved_under_a_title_opens_by_its_short_link(new_page, app, store_file):
    page = new_page()
    open_explore(page, f"{app}/?v=2&policy=cost&reach=partial&show_quantity=carbon_t")
    page.get_by_role("button", name="Save under a title").click()
    page.get_by_label("Title", exact=True).fill("Cheap and near")
    page.get_by_role("button", name="Save", exact=True).click()
    code = page.locator("[data-testid=stPopoverBody] code").first
    expect(code).to_contain_text("?saved=", timeout=WAIT)
    link = code.inner_text()
    assert re.fullmatch(rf"{app}/\?saved=[\w-]{{12}}", link), link
    other = new_page()
    open_explore(other, link)
    expect(other.locator(".st-key-view_controls")).to_contain_text("Carbon")
    other.wait_for_function("() => location.search.includes('policy=cost')")
    wanted = {"v": "2", "policy": "cost", "reach": "partial", "show_quantity": "carbon_t"}
    assert address(other) == wanted | {"saved": link[-12:]}
    expect(other.locator(".ee-title")).to_have_text("Cheap and near")
    title, top = (other.locator(at).bounding_box()["y"] for at in (".ee-title", "h1.ee-headline"))
    assert title < top
    other.reload()
    expect(other.locator(".ee-title")).to_have_text("Cheap and near", timeout=WAIT)


def test_euros_ask_for_a_rate_and_what_was_kept_can_be_removed(new_page, app):
    page = new_page()
    open_data(page, f"{app}/data?v=2")
    euros = template_csv().decode().replace("price_usd_per_mwh", "Price [€/MWh]")
    bring(page, "euro.csv", euros.encode())
    rate = page.get_by_label("What one EUR is worth in USD")
    rate.fill("1.08", timeout=WAIT)
    rate.press("Enter")
    preview = page.locator(".st-key-own_preview")
    expect(preview).to_contain_text("at 1.08 USD per EUR, stated by whoever", timeout=WAIT)
    expect(preview).to_contain_text("So far only you see these figures")
    page.get_by_role("button", name="Use this data set").click()
    heading = page.locator("h1.ee-headline")
    expect(heading).to_contain_text("euro: 3 regions", timeout=WAIT)
    link, colleague = page.url, new_page()
    open_data(colleague, link)
    expect(colleague.locator("h1.ee-headline")).to_contain_text("euro: 3 regions", timeout=WAIT)
    page.get_by_role("tab", name="Bring your own").click()
    expect(page.locator(".st-key-own_kept_list")).to_contain_text("gone for everybody")
    page.get_by_role("button", name="Remove euro from this server").click()
    expect(heading).to_contain_text("The paper", timeout=WAIT)
    assert "dataset" not in address(page)
    colleague.get_by_role("link", name="Method").click()
    problems = colleague.locator(".st-key-link_problems")
    expect(problems).to_contain_text("There is no data set own-", timeout=WAIT)


def test_a_link_to_nothing_says_so(new_page, app):
    page = new_page()
    open_explore(page, f"{app}/?saved=nosuchkey123")
    problems = page.locator(".st-key-link_problems")
    expect(problems).to_contain_text("There is no saved scenario 'nosuchkey123' on this server")
    open_explore(page, f"{app}/?v=2&dataset=own-{'0' * 24}")
    expect(problems).to_contain_text("There is no data set own-000")


def test_without_its_database_the_page_says_so_and_goes_on(new_page, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    with served(tmp_path / "server.log") as running:
        page = new_page()
        open_explore(page, f"{running.address}/?v=2&dataset=own-{'0' * 24}")
        problems = page.locator(".st-key-link_problems")
        expect(problems).to_contain_text("saved data cannot be used now (nobody answers there)")
        expect(problems).not_to_contain_text("127.0.0.1:1")
        open_data(page, f"{running.address}/data?v=2")
        bring(page, "mine.csv", template_csv())
        page.get_by_role("button", name="Use this data set").click(timeout=WAIT)
        refusal = page.locator(".st-key-own_preview")
        expect(refusal).to_contain_text("cannot be used now (nobody answers there)", timeout=WAIT)
        assert "dataset" not in address(page)
        page.close()  # before its server ends, which it would complain about


def test_the_store_holds_what_was_used(store_file, app, new_page):
    page = new_page()
    open_data(page, f"{app}/data?v=2")
    bring(page, "kept.csv", template_csv())
    page.get_by_role("button", name="Use this data set").click(timeout=WAIT)
    expect(page.locator("h1.ee-headline")).to_contain_text("kept: 3 regions", timeout=WAIT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_STORE_FILE", str(store_file))
        assert "kept" in {item.title for item in Store().datasets()}


def test_five_sites_in_spain_fill_the_map(new_page, app):
    page = new_page()
    content = placed_csv(SPAIN)
    open_data(page, f"{app}/data?v=2")
    bring(page, "spain.csv", content)
    page.get_by_role("button", name="Use this data set").click(timeout=WAIT)
    expect(page.locator("h1.ee-headline")).to_contain_text("spain: 5 regions", timeout=WAIT)
    dataset = read_upload({"spain.csv": content})
    open_explore(page, f"{app}/?v=1&dataset={dataset.id}")
    places = page.get_by_role("radiogroup", name="Part of the world").get_by_role("radio")
    expect(places).to_have_text(["All sites", "World"])
    camera = camera_for(places_of(dataset)[ALL].extent)
    box = page.locator(".st-key-map canvas").first.bounding_box()
    spots = []
    for latitude, longitude, _ in SPAIN.values():
        across = (longitude - camera.longitude) / camera.pixel
        up = (mercator(latitude) - mercator(camera.latitude)) / camera.pixel
        spots.append((box["width"] / 2 + across, box["height"] / 2 - up))
    assert all(0 < x < box["width"] and 0 < y < box["height"] for x, y in spots)
    apart = [np.hypot(a[0] - b[0], a[1] - b[1]) for a in spots for b in spots if a != b]
    assert min(apart) > 40
    page.mouse.move(box["x"] + spots[0][0] - 3, box["y"] + spots[0][1])
    page.mouse.move(box["x"] + spots[0][0], box["y"] + spots[0][1])
    expect(page.locator("[data-testid=stDeckGlJsonChart] .deck-tooltip")).to_contain_text(
        "Madrid", timeout=WAIT
    )
