"""Two replicas on one PostgreSQL behind nginx, all real, on 127.0.0.1."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.serving import Served, free_port, served
from tests.browser.serving.nginx import running_nginx
from tests.store.cluster import running_cluster

ALLOWED, REFUSED = "127.0.0.2", "127.0.0.3"
"""Where pages of others stand that may, and may not, show ours: other hosts of this machine."""


@dataclass
class Replica:
    """One of the servers behind the address; it can be killed and started again."""

    name: str
    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    _life: ExitStack = field(default_factory=ExitStack)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> Served:
        own = self.settings | {"EQUITY_REPLICA": self.name}
        log = self.folder / f"{self.name}.log"
        self.running = self._life.enter_context(served(log, settings=own, port=self.port))
        return self.running

    def kill(self) -> None:
        os.kill(self.running.pid, signal.SIGKILL)
        self._life.close()

    def stop(self) -> None:
        self._life.close()


@dataclass(frozen=True)
class Site:
    """The address that readers know, and the replicas behind it, by name."""

    address: str
    replicas: dict[str, Replica]


@pytest.fixture(scope="session")
def others_port() -> int:
    """Where on those hosts."""
    return free_port()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, others_port: int) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("replicas")
    with running_cluster() as cluster, ExitStack() as life:
        settings = {
            "DATABASE_URL": cluster.database("served"),
            "EQUITY_FRAME_ANCESTORS": f"http://{ALLOWED}:{others_port}",
        }
        replicas = {name: Replica(name, folder, settings) for name in "ab"}
        for replica in replicas.values():
            life.callback(replica.stop)
            replica.start()
        places = [replica.place for replica in replicas.values()]
        yield Site(life.enter_context(running_nginx(*places)), replicas)
