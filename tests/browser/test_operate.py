"""What whoever runs the server relies on: removal links, a log of nobody."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from bench.serving import Served, served
from equity_core.inputs.upload.template import template_csv
from tests.browser.driving import open_explore
from tests.browser.test_data import WAIT, bring, open_data

TITLE, FILE = "Kilimanjaro", "zanzibar.csv"
PERSONAL = (TITLE, "zanzibar", "127.0.0.1", "dataset=", "own-", "saved=", "Traceback")


def events(running: Served) -> list[dict]:
    """What the server has written down: each line that is not its greeting is JSON."""
    lines = running.log.read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    greeting = [line for line in lines if line.strip() and not line.startswith("{")]
    assert all(line.strip().startswith(("You can now", "URL:")) for line in greeting), greeting
    return told


def remove_by(page: Page, link: str, kind: str, title: str) -> None:
    """Open a removal link, look, and confirm."""
    page.goto(link)
    expect(page.locator("h1")).to_have_text(f"Remove this {kind}?", timeout=WAIT)
    expect(page.locator("body")).to_contain_text(title)
    assert "#" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("h1")).to_have_text("Removed")


def test_what_was_saved_is_removed_by_its_link_and_the_log_tells_of_nobody(running, new_page):
    page, phone = new_page(), new_page(viewport={"width": 390, "height": 700})
    open_explore(page, f"{running.address}/?v=2&policy=cost")
    page.get_by_role("button", name="Save under a title").click()
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_role("button", name="Save", exact=True).click()
    codes = page.locator("[data-testid=stPopoverBody] code")
    expect(codes).to_have_count(2, timeout=WAIT)
    link, removal = codes.all_inner_texts()
    phone.goto(f"{running.address}/remove")
    phone.get_by_label("Key of the link").fill("made-up")
    phone.get_by_role("button", name="Continue").click()
    expect(phone.locator("body")).to_contain_text("This removal link removes nothing")
    remove_by(phone, removal, "scenario", TITLE)
    phone.goto(link)
    expect(phone.get_by_text("There is no saved scenario")).to_be_visible(timeout=WAIT)
    secrets = [removal.partition("#")[2], link.partition("saved=")[2]]
    assert all(len(secret) >= 12 for secret in secrets)

    open_data(page, f"{running.address}/data?v=2")
    bring(page, FILE, b"site,price_usd_per_mwh\nx,much\n")
    expect(page.locator(".st-key-own_problems")).to_be_visible(timeout=WAIT)
    open_data(page, f"{running.address}/data?v=2&policy=water")
    bring(page, FILE, template_csv())
    page.get_by_role("button", name="Use this data set").click(timeout=WAIT)
    page.get_by_role("tab", name="Bring your own").click(timeout=WAIT)
    removal = page.locator(".st-key-own_kept_list code").inner_text(timeout=WAIT)
    address = page.url
    remove_by(phone, removal, "data set", "zanzibar")
    page.goto(address)
    expect(page.get_by_text("There is no data set")).to_be_visible(timeout=WAIT)

    told = events(running)
    names = [event["event"] for event in told]
    for name in ("started", "session_began", "scenario_saved", "dataset_kept", "upload_read"):
        assert name in names
    assert names.count("removed_by_link") == 2
    assert names.count("upload_refused") == 1
    (saved,) = [event for event in told if event["event"] == "scenario_saved"]
    assert len(saved["session"]) == 8
    text = running.log.read_text(encoding="utf-8").partition('{"time"')[2]
    assert [word for word in (*PERSONAL, *secrets, removal.partition("#")[2]) if word in text] == []


def test_a_failed_store_is_one_line_with_the_number_that_the_reader_sees(tmp_path, new_page):
    address = "postgresql://somebody:hunter2@127.0.0.1:1/ledger"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address)
        with served(tmp_path / "server.log") as running:
            page = new_page()
            open_explore(page, f"{running.address}/?v=2")
            page.get_by_role("button", name="Save under a title").click()
            page.get_by_label("Title", exact=True).fill(TITLE)
            page.get_by_role("button", name="Save", exact=True).click()
            told = page.get_by_text("The store of saved data cannot be used now")
            sentence = told.inner_text(timeout=WAIT)
            page.close()
            failed = [event for event in events(running) if event["level"] == "error"]
            text = running.log.read_text(encoding="utf-8")
    assert [event["event"] for event in failed] == ["store_failed"]
    assert f"(Number {failed[0]['number']} in the log.)" in sentence
    assert failed[0]["reason"] == "nobody_answers_there"
    assert failed[0]["at"]
    secrets = ("somebody", "hunter2", "ledger", TITLE)
    assert not [secret for secret in secrets if secret in text + sentence]
