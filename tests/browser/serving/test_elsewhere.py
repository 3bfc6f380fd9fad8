"""The program within pages of others, below a path, and behind a proxy that ends TLS."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from bench.nginx import running_nginx
from bench.serving import served
from tests.browser.conftest import WIDE, Watch
from tests.browser.driving import DATA, WAIT, open_explore
from tests.browser.serving.conftest import ALLOWED, REFUSED


@pytest.fixture
def others(site, others_port) -> Iterator[int]:
    """Two hosts with a page that shows ours within theirs; their port."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            frame = f'<iframe src="{site.address}/?embed=true&v=2" width=900 height=700></iframe>'
            self.wfile.write(f"<title>Others</title>{frame}".encode())

        def log_message(self, *_: object) -> None:
            pass

    servers = [ThreadingHTTPServer((host, others_port), Page) for host in (ALLOWED, REFUSED)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield others_port
    for server in servers:
        server.shutdown()
        server.server_close()


def test_pages_of_others_show_ours_where_the_operator_lets_them(chromium, others):
    context = chromium.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(f"http://{ALLOWED}:{others}/")
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1.ee-headline")).to_contain_text("region", timeout=WAIT)
    expect(frame.locator(".ee-footer")).to_contain_text(DATA.title)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"http://{REFUSED}:{others}/")
    page.wait_for_timeout(2_000)
    expect(frame.locator("h1.ee-headline")).to_have_count(0)
    assert any("frame-ancestors" in text for text in complaints)
    context.close()


@pytest.fixture(scope="module")
def below(tmp_path_factory) -> Iterator[str]:
    """The address of a program below a path, behind nginx and a proxy that ends TLS."""
    folder = tmp_path_factory.mktemp("below")
    settings = {
        "STREAMLIT_SERVER_BASE_URL_PATH": "equity",
        "EQUITY_STORE_FILE": str(folder / "store.sqlite"),
        "EQUITY_REPLICA": "a",
    }
    with served(folder / "server.log", settings=settings) as running:
        place = urlsplit(running.address).netloc
        with running_nginx(place, tls=True, EQUITY_PREFIX="/equity") as address:
            yield f"{address}/equity"


def test_below_a_path_and_by_tls_everything_stays_below_it(chromium, below):
    context = chromium.new_context(viewport=WIDE, ignore_https_errors=True)
    watch = Watch(context)
    page = context.new_page()
    open_explore(page, f"{below}?v=2&water_weight=80")
    assert page.evaluate("location.href").startswith(f"{below}/?")
    page.get_by_role("button", name="Embed").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(f"{below}/?").first).to_be_visible(timeout=WAIT)
    page.keyboard.press("Escape")
    page.locator("[data-testid=stPopover]").get_by_role("button", name="Download tables").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Regions CSV").click()
    assert download.value.path()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Goals", exact=True).click()
    page.wait_for_function("() => location.pathname === '/equity/goals'")
    expect(page.locator("h1.ee-headline")).to_be_visible(timeout=WAIT)
    page.reload()
    expect(page.locator("h1.ee-headline")).to_be_visible(timeout=WAIT)
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert cookies["equity_replica"]["secure"]
    assert cookies["equity_replica"]["path"] == "/equity/"
    context.close()
    outside = [url for url in watch.requests if urlsplit(url).path.partition("/equity/")[0]]
    assert [url for url in outside if not url.startswith(("data:", "blob:", below))] == []
    watch.check()


def test_who_ends_tls_sends_its_header_once_and_the_page_knows_its_address(below):
    import ssl

    trusting = ssl._create_unverified_context()
    with urlopen(f"{below}/", context=trusting, timeout=20) as answer:
        headers, text = answer.headers, answer.read().decode()
    lasting = headers.get_all("Strict-Transport-Security")
    assert lasting == ["max-age=31536000; includeSubDomains"]
    assert len(headers.get_all("Content-Security-Policy")) == 1
    assert f'content="{below}/app/static/preview.png"' in text
