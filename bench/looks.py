"""Every page in every state, as a reader sees it: `python -m bench.looks FOLDER`.

Writes one PNG a view into FOLDER and two contact sheets of them into docs/images. Whoever changes a
page looks at them one by one; nothing is measured and nothing fails.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from bench.serving import ROOT, launch, served

IMAGES = ROOT / "docs" / "images"
WIDE, PHONE, LARGE = (1280, 800), (390, 844), (1920, 1080)
ZOOMED = (640, 400)
"""What is left of a window of 1280 by 800 at 200%: half of it, each pixel doubled."""
PAPER = "/?v=2&dataset=paper-2022"
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"
IMPOSSIBLE = f"{PAPER}&water_limit_m3=100"
THUMBNAIL, COLUMNS, LABEL = (320, 240), 6, 16
ALIKE, MOST_LOOKS = 3, 20
LONGEST = 60_000
"""Milliseconds until a page stands still, at most."""


@dataclass(frozen=True)
class View:
    """A page at an address, in a window; `act` is what its reader does first."""

    name: str
    address: str
    window: tuple[int, int] = WIDE
    settled: bool = True
    act: Callable[[Page], object] = lambda _: None
    context: dict[str, Any] = field(default_factory=dict)


def every_view() -> Iterator[View]:
    """All that the page can look like, in the order of its pages."""
    pages = {
        "explore": PAPER,
        "goals": "/goals?v=2",
        "compare": "/compare?v=2",
        "foresight": "/foresight?v=2",
        "robustness": "/robustness?v=2",
        "data": "/data?v=2",
        "method": "/method?v=2",
        "verify": "/verify",
    }
    dark = {"color_scheme": "dark"}
    doubled = {"device_scale_factor": 2}
    yield View("first visit", "/")
    yield View("loading", "/", settled=False)
    for name, address in pages.items():
        yield View(name, address)
        yield View(f"{name}, dark", address, context=dark)
        yield View(f"{name}, phone", address, PHONE)
        yield View(f"{name}, print", address, act=_as_print)
        yield View(f"{name}, 1920", address, LARGE)
        yield View(f"{name}, 200%", address, ZOOMED, context=doubled)
    yield View("stale", PAPER, settled=False, act=_change_a_weight)
    yield View("infeasible", IMPOSSIBLE)
    yield View("infeasible, dark", IMPOSSIBLE, context=dark)
    yield View("broken link", "/?v=2&policy=nonsense")
    yield View("lost scenario", "/?saved=nothing")
    yield View("no such page", "/nothing")
    yield View("embedded", f"{PAPER}&embed=true")
    yield View("saving", PAPER, act=_save)
    yield View("saved", PAPER, act=_open_saved)
    yield View("being made", PAPER, act=_ask_for_the_briefing)


def without_a_store() -> Iterator[View]:
    """What stays, and what is said, where the store cannot be reached."""
    yield View("offline store", PAPER)
    yield View("offline store, saving", PAPER, act=_save)
    yield View("offline store, saved link", "/?saved=nothing")


def _as_print(page: Page) -> None:
    page.emulate_media(media="print")


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save under a title").click()
    page.get_by_role("textbox", name="Title").fill("What the council wants")
    page.get_by_role("button", name="Save", exact=True).click()
    _wait_until_still(page)


def _open_saved(page: Page) -> None:
    _save(page)
    page.goto(page.locator("code").first.inner_text())
    page.locator(".ee-title").wait_for(timeout=LONGEST)
    _wait_until_still(page)


def _ask_for_the_briefing(page: Page) -> None:
    page.get_by_role("button", name="Briefing", exact=True).click()
    page.get_by_role("button", name="Briefing (PDF)").click()


def _change_a_weight(page: Page) -> None:
    slider = page.locator(".st-key-weight_water_weight input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")


def main() -> None:
    """About six minutes; with a word after FOLDER only the views whose names begin so."""
    folder, begins = Path(sys.argv[1]), "".join(sys.argv[2:3])
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        kept = {"EQUITY_STORE_FILE": f"{place}/store.sqlite"}
        taken = _all_of(every_view(), begins, folder, Path(place), kept)
        taken += _all_of(without_a_store(), begins, folder, Path(place), {"DATABASE_URL": NOWHERE})
    if begins:
        return
    half = len(taken) // 2
    for number, part in enumerate((taken[:half], taken[half:]), 1):
        sheet(part).save(IMAGES / f"looks-{number}.webp", quality=70)


def _all_of(
    views: Iterable[View], begins: str, folder: Path, place: Path, settings: dict[str, str]
) -> list[tuple[str, Path]]:
    """Those views whose names begin so, from a server with these settings."""
    wanted = [view for view in views if view.name.startswith(begins)]
    if not wanted:
        return []
    with served(place / "server.log", settings=settings) as app, sync_playwright() as playwright:
        browser = launch(playwright)
        return [_taken(browser, app.address, view, folder) for view in wanted]


def _taken(browser: Browser, address: str, view: View, folder: Path) -> tuple[str, Path]:
    width, height = view.window
    context = browser.new_context(viewport={"width": width, "height": height}, **view.context)
    page = context.new_page()
    page.goto(address + view.address)
    page.locator("h1, .ee-headline, [data-testid=stAlert]").first.wait_for(timeout=LONGEST)
    if view.settled or view.name == "stale":
        _wait_until_still(page)
    view.act(page)
    page.wait_for_timeout(300)
    path = folder / f"{view.name.replace(', ', '-').replace(' ', '-').replace('%', '')}.png"
    page.screenshot(path=path, full_page="print" in view.name)
    context.close()
    return view.name, path


def _wait_until_still(page: Page) -> None:
    """Until all draws are there and three pictures, half a second apart, are the same; or as they
    are after a while."""
    page.locator(".st-key-robustness_cancel").wait_for(state="detached", timeout=LONGEST)
    taken: list[bytes] = []
    while len(taken) < MOST_LOOKS and (len(taken) < ALIKE or len(set(taken[-ALIKE:])) > 1):
        page.wait_for_timeout(500)
        taken.append(page.screenshot())


def sheet(pictures: Iterable[tuple[str, Path]]) -> Image.Image:
    """The pictures beside each other, each under its name."""
    taken = list(pictures)
    across, down = THUMBNAIL[0] + 8, THUMBNAIL[1] + LABEL + 8
    size = across * COLUMNS, down * -(-len(taken) // COLUMNS)
    whole = Image.new("RGB", size, "#8a8a86")
    write = ImageDraw.Draw(whole)
    for number, (name, path) in enumerate(taken):
        left, top = across * (number % COLUMNS) + 4, down * (number // COLUMNS) + 4
        with Image.open(path) as picture:
            shown = picture.convert("RGB")
        shown.thumbnail(THUMBNAIL)
        write.text((left, top), name, fill="white")
        whole.paste(shown, (left, top + LABEL))
    return whole


if __name__ == "__main__":
    main()
