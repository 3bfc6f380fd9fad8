"""What nginx and the program say to whoever asks too much, too often or for what is closed."""

from __future__ import annotations

from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bench.nginx import VALUES
from ui.served.guard import HEADERS

OWASP = {*HEADERS, "Content-Security-Policy"}
SENT_BY_THE_PROGRAM = ["/", "/goals?v=2", "/alive", "/_stcore/health", "/app/static/preview.png",
                       "/no-page"]  # fmt: skip
CLOSED = ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/ready"]
BIG = 300 * 2**20


@pytest.fixture
def ask(site):
    """Status, headers and text of an address; `client` is who the outer proxy says it asks for."""
    place = urlsplit(site.address)

    def asked(path, client="198.51.100.1", method="GET", **headers):
        connection = HTTPConnection(place.hostname, place.port, timeout=20)
        connection.request(method, path, headers={"X-Forwarded-For": client} | headers)
        answer = connection.getresponse()
        told = answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        connection.close()
        return told

    return asked


@pytest.mark.parametrize("path", [*SENT_BY_THE_PROGRAM, *CLOSED])
def test_each_header_comes_once_whoever_sends_it(ask, path):
    headers = ask(path)[1]
    assert {name: len(headers.get_all(name, [])) for name in OWASP} == dict.fromkeys(OWASP, 1)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["Server"] == "nginx"
    assert "X-Powered-By" not in headers


@pytest.mark.parametrize("path", CLOSED)
def test_what_only_an_operator_may_see_is_closed(ask, path):
    status, _, text = ask(path)
    assert (status, text) == (404, "There is nothing at this address.\n")


def test_a_name_that_is_not_ours_gets_no_page(ask):
    status, _, text = ask("/", Host="evil.example")
    assert status == 421
    assert "<html" not in text


@pytest.mark.parametrize("path", ["/_stcore/upload_file/some/file", "/"])
def test_what_is_too_large_is_refused_before_it_is_sent(ask, path):
    status, headers, text = ask(path, method="PUT", **{"Content-Length": str(BIG)})
    assert status == 413
    assert "larger than the server takes" in text
    assert headers.get_all("Content-Security-Policy") is not None


def test_who_asks_too_often_is_told_so_and_nobody_else(ask):
    answers = [ask("/", client="198.51.100.2") for _ in range(80)]
    refused = [answer for answer in answers if answer[0] == 429]
    assert refused
    assert {answer[0] for answer in answers} == {200, 429}
    assert "Wait a minute and try again" in refused[0][2]
    assert refused[0][1].get_all("X-Content-Type-Options") == ["nosniff"]
    assert ask("/", client="198.51.100.3")[0] == 200


def test_one_client_may_hold_only_so_many_sockets(site):
    address = site.address.replace("http", "ws") + "/_stcore/stream"
    most = int(VALUES["EQUITY_SOCKETS"])

    def opened(client):
        told = {"X-Forwarded-For": client}
        return connect(address, additional_headers=told, subprotocols=["streamlit"])

    with ExitStack() as held:
        for _ in range(most):
            held.enter_context(opened("198.51.100.4"))
        with pytest.raises(InvalidStatus) as refused:
            opened("198.51.100.4")
        assert refused.value.response.status_code == 429
        held.enter_context(opened("198.51.100.5"))


def test_the_socket_names_the_replica_that_holds_the_session(site):
    address = site.address.replace("http", "ws") + "/_stcore/stream"
    for name in site.replicas:
        told = {"X-Forwarded-For": "198.51.100.6", "Cookie": f"equity_replica={name}"}
        with connect(address, additional_headers=told, subprotocols=["streamlit"]) as socket:
            cookie = socket.response.headers["Set-Cookie"]
    assert cookie == "equity_replica=b; Path=/; HttpOnly; SameSite=Lax"
