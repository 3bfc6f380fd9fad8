"""The headers that a security officer asks for, by the program itself; foreign hosts refused."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bench.serving import served
from ui.served.guard import HEADERS, OWN_PAGES

PAGES = ["/", "/goals?v=2", "/_stcore/health", "/app/static/preview.png", "/nonsense"]


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Status, headers and text of an address of the real server."""
    with served(tmp_path_factory.mktemp("server") / "server.log") as running:

        def asked(path, **headers):
            try:
                with urlopen(Request(running.address + path, headers=headers), timeout=20) as got:
                    return got.status, got.headers, got.read()
            except HTTPError as refused:
                return refused.code, refused.headers, refused.read()

        yield asked


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_each_answer_says_what_the_browser_must_refuse(ask, path):
    _, headers, _ = ask(path)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert policy.endswith(f"frame-ancestors {OWN_PAGES}")
    assert "http" not in policy
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    assert {name: headers[name] for name in HEADERS} == HEADERS


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/app/static/preview.png", "/_stcore/health"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a@127.0.0.1", ""])
def test_a_foreign_host_gets_a_sentence_and_no_page(ask, path, host):
    status, headers, text = ask(path, Host=host)
    assert status in {400, 421}
    assert b"<html" not in text
    if status == 421:
        assert b"STREAMLIT_SERVER_ALLOWED_HOSTS" in text
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_what_only_an_operator_may_see_is_closed(ask, path):
    assert ask(path)[0] == 404


@pytest.mark.slow
def test_whoever_watches_the_server_may_ask_by_any_name(ask):
    status, headers, text = ask("/alive", Host="10.0.0.7:8501")
    assert (status, text) == (200, b"alive")
    assert headers["Cache-Control"] == "no-store"
