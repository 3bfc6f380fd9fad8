"""A real PostgreSQL for as long as a test or a bench runs."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool


class Cluster:
    """A PostgreSQL server of its own on 127.0.0.1, run as a user who is not root."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._as_user = not_root(folder)
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self._run("initdb", "-D", f"{folder}/data", "-U", "tester", "-A", "trust", "--no-sync")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self._folder} -c fsync=off"
        log = f"{self._folder}/log"
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """With `kill -9`; its own processes, which end by themselves, are waited for."""
        pid = Path(f"{self._folder}/data/postmaster.pid").read_text(encoding="utf-8").split()[0]
        server = psutil.Process(int(pid))
        children = server.children(recursive=True)
        server.kill()
        psutil.wait_procs([server, *children], timeout=60)

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        self._administer(f"CREATE DATABASE {name}")
        return self.address(name).replace("+psycopg", "")

    def end_connection(self, process: int) -> None:
        """As an administrator would, or a server that restarts."""
        self._administer(f"SELECT pg_terminate_backend({int(process)})")

    def _administer(self, statement: str) -> None:
        address = self.address("postgres")
        engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(statement))

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://tester@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        found = shutil.which(program) or max(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
        subprocess.run(
            [*self._as_user, str(found), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            cwd="/",
            timeout=120,
        )


def not_root(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: words that make a command run as another user, who is
    given `folder`."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A server with no database of ours in it, gone with its files when the block is left."""
    folder = Path(tempfile.mkdtemp(prefix="equity-postgres-"))
    server = Cluster(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)
