"""The real app in a process of its own, and a real Chromium with software WebGL.

Every page is watched: at the end of a test no request may have left the host, and no error may
stand in the browser's console.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from bench.serving import launch, served

FOLDER = Path(__file__).parent
WIDE = {"width": 1280, "height": 800}
SHARED = "--process-per-site"
"""Pages of a context share a process, and what it has compiled of the scripts."""
LONGEST = 60_000  # milliseconds that one step of a test may take


def pytest_collection_modifyitems(items):
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Twice in a row is a fault; once may be a browser that got no processor in time.
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The address of the app that all tests share."""
    with served(tmp_path_factory.mktemp("server") / "server.log") as running:
        yield running.address


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """An app and a store of the module's own: for what is read off the whole server."""
    store = {"EQUITY_STORE_FILE": str(tmp_path_factory.mktemp("store") / "store.sqlite")}
    with served(tmp_path_factory.mktemp("server") / "server.log", settings=store) as own:
        yield own


@pytest.fixture(scope="session")
def chromium():
    expect.set_options(timeout=LONGEST / 2)
    with sync_playwright() as playwright:
        browser = launch(playwright, SHARED)
        yield browser
        browser.close()


class Watch:
    """What a browser context asked for and complained about."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._context = context
        self._listeners = {
            "request": lambda request: self.requests.append(request.url),
            "weberror": lambda error: self.complaints.append(str(error.error)),
            "console": self._note,
            "page": lambda page: page.on("websocket", self._opened),
        }
        for event, listener in self._listeners.items():
            context.on(event, listener)

    def stop(self) -> None:
        for event, listener in self._listeners.items():
            self._context.remove_listener(event, listener)

    def _opened(self, socket) -> None:
        self.requests.append(socket.url)

    def _note(self, message) -> None:
        place = message.location.get("url", "")
        if message.type == "error":
            self.complaints.append(f"{message.text} ({place})")

    def check(self) -> None:
        """Fails where something left this machine or was complained about."""
        assert self.requests, "the watch saw nothing: it would not see a foreign request either"
        assert [url for url in self.requests if not _stays_here(url)] == []
        assert self.complaints == []


def _stays_here(url: str) -> bool:
    return url.startswith(("data:", "blob:")) or urlsplit(url).hostname == "127.0.0.1"


@pytest.fixture(scope="session")
def shared_context(chromium, app):
    """For tests that need no browser of their own: scripts are fetched and compiled only once.

    A page without scripts stays open: the process would end with the last one.
    """
    context = chromium.new_context(base_url=app, viewport=WIDE)
    context.set_default_timeout(LONGEST)
    context.new_page().goto("/_stcore/health")
    yield context
    context.close()


@pytest.fixture
def page(shared_context):
    """A page of its own, watched until the test ends."""
    watch = Watch(shared_context)
    page = shared_context.new_page()
    yield page
    page.close()
    watch.stop()
    watch.check()


@pytest.fixture
def new_page(chromium, app):
    """Opens pages in fresh contexts and watches them until the test ends."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def make(**options) -> Page:
        context = chromium.new_context(**{"base_url": app, "viewport": WIDE} | options)
        context.set_default_timeout(LONGEST)
        opened.append((context, Watch(context)))
        return context.new_page()

    yield make
    for context, watch in opened:
        context.close()
        watch.check()
