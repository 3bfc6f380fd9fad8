"""A walk through every page where there is no network: run in a namespace of its own by
test_closed_network.py. Prints what was asked for and what came, as JSON."""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bench.serving import launch, served
from tests.browser.conftest import WIDE, Watch
from tests.browser.driving import WAIT, open_explore, wait_until_idle
from ui.served.heads import DESCRIPTIONS

SET_FLAGS, UP_AND_RUNNING = 0x8914, 0x41  # of ioctl(2), netdevice(7)
EXPORTS = {
    "Download tables": "All tables XLSX",
    "Download the map": "Map PNG",
    "Briefing": "Everything (ZIP)",
}


def interfaces() -> list[str]:
    """What a packet could leave by."""
    lines = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return [line.partition(":")[0].strip() for line in lines]


def bring_up_loopback() -> None:
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP_AND_RUNNING))


def without_a_route() -> int:
    """How many packets the kernel had no way for, of whatever program."""
    lines = Path("/proc/net/snmp").read_text(encoding="ascii").splitlines()
    names, values = (line.split() for line in lines if line.startswith("Ip:"))
    return int(values[names.index("OutNoRoutes")])


def outside_is_reached() -> bool:
    """By a packet that is meant to be seen; it is counted."""
    try:
        socket.create_connection(("198.51.100.1", 9), timeout=2).close()
    except OSError:
        return False
    return True


def exported(page: Page, menu: str, button: str) -> tuple[str, int]:
    page.locator("[data-testid=stPopover]").get_by_role("button", name=menu).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    page.keyboard.press("Escape")
    wait_until_idle(page)
    return download.value.suggested_filename, Path(download.value.path()).stat().st_size


def walk(page: Page) -> dict[str, object]:
    """Every page's headline, and the exports of the first."""
    headlines = {}
    for path in DESCRIPTIONS:
        page.goto(f"/{path}?v=2")
        headline = page.locator("h1").first
        expect(headline).to_be_visible(timeout=WAIT)
        wait_until_idle(page)
        headlines[path] = headline.inner_text()
    open_explore(page)
    exports = dict(exported(page, *names) for names in EXPORTS.items())
    return {"headlines": headlines, "exports": exports}


def main() -> None:
    bring_up_loopback()
    told: dict[str, object] = {"interfaces": interfaces()}
    first = without_a_route()
    with tempfile.TemporaryDirectory() as folder:
        store = {"EQUITY_STORE_FILE": f"{folder}/store.sqlite"}
        with served(Path(folder) / "log", settings=store) as app, sync_playwright() as playwright:
            told |= {"tried_by_the_program": without_a_route() - first}
            browser = launch(playwright)
            context = browser.new_context(base_url=app.address, viewport=WIDE)
            context.set_default_timeout(WAIT)
            watch = Watch(context)
            before = without_a_route()
            told |= walk(context.new_page())
            told |= {"tried": without_a_route() - before, "complaints": watch.complaints}
            told |= {"requests": sorted({url[:200] for url in watch.requests})}
            told |= {"outside": outside_is_reached(), "counted": without_a_route() - before}
            browser.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
