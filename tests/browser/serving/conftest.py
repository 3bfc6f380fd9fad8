"""Two replicas on one PostgreSQL behind nginx, all real, on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.replicas import Site, running_site
from bench.serving import free_port

ALLOWED, REFUSED = "127.0.0.2", "127.0.0.3"
"""Where pages of others stand that may, and may not, show ours: other hosts of this machine."""


@pytest.fixture(scope="session")
def others_port() -> int:
    """Where on those hosts."""
    return free_port()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, others_port: int) -> Iterator[Site]:
    framed_by = {"EQUITY_FRAME_ANCESTORS": f"http://{ALLOWED}:{others_port}"}
    with running_site(tmp_path_factory.mktemp("replicas"), framed_by) as running:
        yield running
