"""What the server says before any script runs; what comes from outside stays text."""

from __future__ import annotations

import socket
import threading
from html import escape
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
import streamlit
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route

from equity_core.scenario.address import SHORT
from ui.served import routes as served
from ui.served.heads import DESCRIPTIONS, PREVIEW, Head, head_of, page_title
from ui.served.no_page import NoSuchPage, no_such_page
from ui.streamlit_internals import index_html

HOSTILE = '"><script>alert(1)</script>'


class Elements(HTMLParser):
    """The elements of a text and what its title says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.meta: dict[str, str] = {}
        self.title = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        given = dict(attrs)
        if tag == "meta" and "content" in given:
            self.meta[given.get("property") or given.get("name")] = given["content"]

    def handle_data(self, data):
        if self.tags and self.tags[-1] == "title":
            self.title += data.strip()


def streamlits(_):
    return HTMLResponse("<title>Streamlit</title>")


def a_briefing(_):
    return HTMLResponse("<p>told</p>", headers={"content-disposition": "attachment"})


@pytest.fixture(scope="module")
def ask():
    """Status, place it leads to and body of an address, from a server with our answers before one
    that, as Streamlit's, shows its page everywhere."""
    app = Starlette(
        routes=[
            *served.routes(),
            Route("/media/a.html", a_briefing),
            Route("/{anything:path}", streamlits),
        ],
        middleware=[Middleware(NoSuchPage)],
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()

    def asked(path, host="testserver"):
        connection = HTTPConnection(*listener.getsockname(), timeout=20)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        told = answer.status, answer.getheader("location"), answer.read()
        connection.close()
        return told

    yield asked
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()


@pytest.mark.parametrize("path", DESCRIPTIONS)
def test_each_page_has_title_description_and_picture(ask, path):
    status, _, body = ask(f"/{path}")
    assert status == 200
    said = Elements(body.decode())
    assert page_title(path) in said.title
    assert "Streamlit" not in said.title
    assert said.meta["description"] == said.meta["og:description"] == DESCRIPTIONS[path]
    assert said.meta["og:title"] == said.meta["twitter:title"] == page_title(path)
    assert said.meta["og:image"] == said.meta["twitter:image"] == f"http://testserver/{PREVIEW}"


def test_pages_are_told_apart():
    assert len({page_title(path) for path in DESCRIPTIONS}) == len(DESCRIPTIONS)
    assert len(set(DESCRIPTIONS.values())) == len(DESCRIPTIONS)


@pytest.mark.parametrize("path", ["nope", "goals/x", "index.html", "saved/abc", "<b>"])
def test_what_is_no_page_says_so_and_where_the_pages_are(ask, path):
    status, _, body = ask(f"/{quote(path)}")
    assert status == 404
    assert f"/{escape(path)}</code>" in body.decode()
    for name in DESCRIPTIONS:
        assert f'href="/{name}"' in body.decode()


def test_a_briefing_in_html_is_a_file_and_no_page(ask):
    assert ask("/media/a.html") == (200, None, b"<p>told</p>")


def test_the_picture_in_the_tab_is_ours(ask):
    for name in ("favicon.png", "favicon.ico"):
        assert ask(f"/{name}")[2] == served.FAVICON.read_bytes()


def test_an_unknown_saved_scenario_leaves_the_pages_own_title(ask):
    answer = ask(f"/?{SHORT}={quote(HOSTILE)}")[2].decode()
    assert page_title("") in Elements(answer).title


def test_a_hostile_host_or_query_adds_no_element(ask):
    plain = Elements(ask("/")[2].decode()).tags
    assert Elements(ask("/", host='x"><script>')[2].decode()).tags == plain
    assert Elements(ask(f"/?{quote(HOSTILE)}={quote(HOSTILE)}")[2].decode()).tags == plain


def test_the_key_of_a_saved_scenario_is_the_scenarios():
    assert served.SAVED == SHORT


@given(title=st.text(), root=st.text())
def test_nothing_from_outside_becomes_an_element(title, root):
    plain = Elements(Head("a", "b", "c").html())
    tried = Elements(Head(title, title, root).html())
    assert tried.tags == plain.tags
    assert tried.meta.keys() == plain.meta.keys()


@given(path=st.text())
def test_no_address_becomes_an_element(path):
    tags = Elements(no_such_page("/", "").body.decode()).tags
    assert Elements(no_such_page(f"/{path}", "").body.decode()).tags == tags


def test_a_saved_scenario_is_previewed_by_its_title():
    head = head_of("", 'Texas & "others" <b>', "http://x/")
    assert head.title.startswith('Texas & "others" <b>: simulation')
    assert "<b>" not in head.html()


def test_streamlits_page_has_the_title_that_gives_way_to_ours():
    assert "OURS" in index_html("OURS")
    assert "<title>Streamlit" not in index_html("OURS")


def test_streamlits_script_reads_where_the_server_is():
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("index.*.js")
    assert any("window.__streamlit" in (text := path.read_text(encoding="utf-8"))
               and "BACKEND_BASE_URL" in text for path in scripts)  # fmt: skip
