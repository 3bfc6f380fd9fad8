"""Two servers on one PostgreSQL behind nginx, all real, on 127.0.0.1: for tests and a bench."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.cluster import running_cluster
from bench.nginx import running_nginx
from bench.serving import AS_THEY_ARE, Served, free_port, served


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
        """As nginx names it."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> Served:
        """Returns once it answers."""
        own = self.settings | {"EQUITY_REPLICA": self.name}
        log = self.folder / f"{self.name}.log"
        self.running = self._life.enter_context(served(log, settings=own, port=self.port))
        return self.running

    def kill(self) -> None:
        """With `kill -9`."""
        os.kill(self.running.pid, signal.SIGKILL)
        self._life.close()

    def stop(self) -> None:
        """In order."""
        self._life.close()


@dataclass(frozen=True)
class Site:
    """The address that readers know, and the replicas behind it, by name."""

    address: str
    replicas: dict[str, Replica]


@contextmanager
def running_site(
    folder: Path, settings: Mapping[str, str] = AS_THEY_ARE, **values: str
) -> Iterator[Site]:
    """Logs go to `folder`; `settings` are those of the servers, `values` those of nginx."""
    with running_cluster() as cluster, ExitStack() as life:
        given = {"DATABASE_URL": cluster.database("served"), **settings}
        replicas = {name: Replica(name, folder, given) for name in "ab"}
        for replica in replicas.values():
            life.callback(replica.stop)
            replica.start()
        places = [replica.place for replica in replicas.values()]
        yield Site(life.enter_context(running_nginx(*places, tls=False, **values)), replicas)
