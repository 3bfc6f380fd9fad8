"""Many sockets of one client that ask for nothing, or take all places: others are served on."""

from __future__ import annotations

import resource
import socket
from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bench.serving import served
from tests.faults.visits import socket_of

FEW = 256
"""Descriptors that the server begins with: 64 readers' worth."""

HALF_OPEN, MOST = 300, 80
GREEDY, MODEST = "127.0.0.2", "127.0.0.3"


@pytest.fixture
def running(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 4 * (HALF_OPEN + MOST):
        pytest.skip(f"This system lets no process have more than {hard} descriptors.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, hard))
    try:
        start = served(tmp_path / "server.log", settings={"EQUITY_CLIENT_SESSIONS": str(MOST)})
        with ExitStack() as life:
            app = life.enter_context(start)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            yield app
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def page(address: str, client: str) -> tuple[int, str]:
    """What a browser at a network address is answered."""
    place = urlsplit(address)
    line = HTTPConnection(place.hostname, place.port, timeout=30, source_address=(client, 0))
    line.request("GET", "/")
    answer = line.getresponse()
    told = answer.status, answer.read().decode()
    line.close()
    return told


@pytest.mark.slow
def test_a_client_that_takes_all_it_can_shuts_nobody_out(running) -> None:
    place = urlsplit(running.address)
    here, greedy = (place.hostname, place.port), (GREEDY, 0)
    with ExitStack() as held:
        silent = [
            held.enter_context(socket.create_connection(here, 60, greedy)) for _ in range(HALF_OPEN)
        ]
        silent[0].sendall(b"GET / HTTP/1.1\r\nHost: 127.0")  # and no more
        for _ in range(MOST):
            held.enter_context(connect(socket_of(running.address), source_address=greedy))
        with pytest.raises(InvalidStatus, match="503"):
            connect(socket_of(running.address), source_address=greedy)
        status, told = page(running.address, GREEDY)
        assert (status, f"{MOST} readers are here from your network address" in told) == (503, True)
        assert page(running.address, MODEST)[0] == 200
        held.enter_context(connect(socket_of(running.address), source_address=(MODEST, 0)))
        assert {line.recv(1000) for line in silent} == {b""}  # ended by the server
    assert page(running.address, GREEDY)[0] == 200
