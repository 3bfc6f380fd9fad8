"""Figures for operators on a port of their own; a server that is full says so."""

from __future__ import annotations

import re
import socket
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from websockets.sync.client import connect

from bench.serving import served
from equity_core.store.store import Store
from tests.store.saved import own


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.mark.slow
def test_operators_read_figures_and_one_reader_too_many_is_told_to_come_back(tmp_path) -> None:
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_STORE_FILE", str(tmp_path / "store.sqlite"))
        patch.setenv("EQUITY_METRICS_PORT", str(port))
        patch.setenv("EQUITY_SESSIONS", "2")
        Store().save_dataset(own())
        with served(tmp_path / "server.log") as running:
            socket_of = f"ws{running.address.removeprefix('http')}/_stcore/stream"
            with connect(socket_of, origin=running.address), connect(socket_of) as second:
                figures = read(port)
                assert figures["equity_sessions"] == 2
                with pytest.raises(HTTPError) as full:
                    urlopen(running.address, timeout=20)
                assert full.value.code == 503
                assert full.value.headers["Retry-After"] == "20"
                assert b"2 readers are here, as many as it serves" in full.value.read()
                assert full.value.headers["X-Content-Type-Options"] == "nosniff"
                with pytest.raises(Exception, match="503"), connect(socket_of):
                    pass
                second.close()
            for _ in range(100):
                if read(port)["equity_sessions"] == 0:
                    break
            assert urlopen(running.address, timeout=20).status == 200
            figures = read(port)
            assert figures["equity_sessions_begun_total"] == 2
            assert figures["equity_store_up"] == 1
            assert figures['equity_store_kept{kind="datasets"}'] == 1
            assert figures["equity_store_bytes"] > 0
            assert figures["process_resident_memory_bytes"] > 50e6
            with pytest.raises(HTTPError, match="404"):
                urlopen(f"{running.address}/metrics", timeout=20)
            log = running.log.read_text(encoding="utf-8")
            assert log.count('"session_refused"') == 1


def read(port: int) -> dict[str, float]:
    """Figure -> value, as Prometheus reads them."""
    text = urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20).read().decode()
    lines = re.findall(r"^([a-z_]+(?:\{[^}]*\})?) (\S+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in lines}


@pytest.mark.slow
def test_a_port_that_is_taken_ends_the_start_with_a_sentence(tmp_path) -> None:
    with socket.socket() as listener, pytest.MonkeyPatch.context() as patch:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        patch.setenv("EQUITY_METRICS_PORT", str(listener.getsockname()[1]))
        with (
            pytest.raises(
                RuntimeError, match=r"EQUITY_METRICS_PORT is \d+, but nothing can listen"
            ),
            served(tmp_path / "server.log"),
        ):
            pass
    assert "Traceback" not in (tmp_path / "server.log").read_text(encoding="utf-8")
