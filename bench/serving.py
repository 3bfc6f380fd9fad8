"""The real app in a process of its own, and a real browser: for the page's benchmark and tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# As on a computer without a graphics card: pages are put together by the processor, WebGL is drawn
# by it too; and no calls home by the browser itself.
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LONGEST_START = 60.0
AS_THEY_ARE: Mapping[str, str] = MappingProxyType({})
STOPS_SOON = {"EQUITY_STOP_SECONDS": "2"}
"""No reader of a test or a bench waits for an answer once it is over, unless it says so."""

LONGEST_STOP = 60.0


@dataclass(frozen=True)
class Served:
    """A running app: address, the file its output goes to, when it was started, process id."""

    address: str
    log: Path
    began: float
    pid: int


@contextmanager
def served(
    log: Path, folder: Path = ROOT, settings: Mapping[str, str] = AS_THEY_ARE, port: int = 0
) -> Iterator[Served]:
    """The app in `folder` on `port`, or a free one, of 127.0.0.1, ended when the block is left.

    `log` takes what the server writes; `settings` are environment variables beside those there are.
    Raises RuntimeError when it ends early or never answers.
    """
    port = port or free_port()
    environment = os.environ | {**STOPS_SOON, **settings}
    base = environment.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)]
    began = time.perf_counter()
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}/{base}".rstrip("/")
            _wait_until_healthy(server, address, log)
            yield Served(address, log, began, server.pid)
        finally:
            server.terminate()
            server.wait(timeout=LONGEST_STOP)


def launch(playwright: Playwright, *further: str) -> Browser:
    """Chromium without a window; `further` are arguments beside those that all use."""
    args = [*CHROMIUM_ARGS, *further]
    return playwright.chromium.launch(executable_path=CHROMIUM, args=args)


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.perf_counter() + LONGEST_START
    while time.perf_counter() < end:
        if server.poll() is not None:
            raise RuntimeError(f"The app ended at once:\n{log.read_text(encoding='utf-8')}")
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"The app did not answer within {LONGEST_START:.0f} s.")
