"""How long a reader waits for a file: `python -m bench.handover` presses the page's own buttons.

Each file is the first that a server of its own makes, asked for as soon as the page stands still.
Prints one table and writes it into docs/BENCHMARKS.md.
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from bench.report import replace_section
from bench.serving import launch, served

RUNS = 3
PAPER = "/?v=2&dataset=paper-2022&water_weight=80"
READ = 3_000
"""Milliseconds for which a reader looks at the page before a button is pressed."""


@dataclass(frozen=True)
class Handover:
    """A button, the menu that it is in, and the seconds that it may take."""

    what: str
    menu: str
    button: str
    budget: float


HANDOVERS = (
    Handover("map as PNG", "Download the map", "Map PNG", 1.5),
    Handover("briefing, PDF", "Briefing", "Briefing (PDF)", 2.5),
    Handover("briefing, HTML", "Briefing", "Briefing (HTML)", 2.5),
    Handover("everything, ZIP", "Briefing", "Everything (ZIP)", 6.0),
)


def main() -> None:
    """Twelve servers; about three minutes."""
    load = os.getloadavg()[0]
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser, log = launch(playwright), Path(folder) / "server.log"
        rows = [_row(one, [_waited(browser, log, one) for _ in range(RUNS)]) for one in HANDOVERS]
    head = [
        "| file, the first asked for | pressed -> file there, median (least to most) | budget |",
        "|---|---|---|",
    ]
    note = (
        f"Paper case at 1280 x 800, {RUNS} servers each, {READ / 1000:.0f} s after the page stood "
        f"still. Load average before: {load:.1f}."
    )
    text = "\n".join([*head, *rows, "", note])
    print(text)
    replace_section("handover", text)


def _row(one: Handover, seconds: list[float]) -> str:
    spread = f"{min(seconds):.1f} to {max(seconds):.1f}"
    return f"| {one.what} | {statistics.median(seconds):.1f} s ({spread} s) | {one.budget} s |"


def _waited(browser: Browser, log: Path, one: Handover) -> float:
    """Seconds from the press to the file."""
    with served(log) as app:
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.goto(app.address + PAPER)
        page.get_by_role("button", name="Briefing").wait_for()
        page.wait_for_timeout(READ)
        seconds = _pressed(page, one)
        page.context.close()
    return seconds


def _pressed(page: Page, one: Handover) -> float:
    page.get_by_role("button", name=one.menu).click()
    button = page.get_by_role("button", name=one.button)
    button.wait_for()
    began = time.perf_counter()
    with page.expect_download() as download:
        button.click()
    download.value.path()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
