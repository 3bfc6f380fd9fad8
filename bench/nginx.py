"""Debian's nginx with the project's own configuration, for a test or a bench."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.cluster import not_root
from bench.serving import ROOT, free_port
from deploy.fill import filled

MAIN = """
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf/*.conf;
}}
"""
VALUES = {
    "EQUITY_PREFIX": "",
    "EQUITY_TRUSTED_PROXY": "127.0.0.1",
    "EQUITY_CONNECTIONS": "250",
    "EQUITY_SOCKETS": "12",
    "EQUITY_PAGES_PER_SECOND": "10",
    "EQUITY_PUBLIC_NAME": "127.0.0.1",
}
TEMPLATES = ROOT / "deploy" / "nginx"
LONGEST_START = 20.0


@contextmanager
def running_nginx(*replicas: str, tls: bool = False, **values: str) -> Iterator[str]:
    """Its address, before replicas given as host:port; with `tls` that of the proxy before it."""
    folder = Path(tempfile.mkdtemp(prefix="equity-nginx-"))
    as_user = not_root(folder)
    port, outer = free_port(), free_port()
    first, last = replicas[0], replicas[-1]
    places = {
        "EQUITY_LISTEN": f"127.0.0.1:{port}",
        "EQUITY_REPLICA_A": first,
        "EQUITY_REPLICA_B": last,
        "EQUITY_ACCESS_LOG": f"{folder}/access.log",
        "EQUITY_TLS_LISTEN": f"127.0.0.1:{outer}",
        "EQUITY_CERTIFICATES": str(folder),
    }
    (folder / "conf").mkdir()
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    for name in ("equity", "tls") if tls else ("equity",):
        template = (TEMPLATES / f"{name}.conf.template").read_text(encoding="utf-8")
        text = filled(template, VALUES | places | values)
        (folder / "conf" / f"{name}.conf").write_text(text, encoding="utf-8")
    if tls:
        _certify(folder)
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [*as_user, nginx, "-p", str(folder), "-c", f"{folder}/nginx.conf"]
    with (folder / "output").open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd="/")
        try:
            _wait_until_listening(server, outer if tls else port, folder)
            yield f"https://127.0.0.1:{outer}" if tls else f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)
    shutil.rmtree(folder)


def _certify(folder: Path) -> None:
    """A certificate that nobody trusts but who is told to."""
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    files = ["-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*asked, *files], check=True, capture_output=True)
    for file in (key, certificate):
        file.chmod(0o644)


def _wait_until_listening(server: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    end = time.perf_counter() + LONGEST_START
    while time.perf_counter() < end:
        told = (folder / "output").read_text(encoding="utf-8")
        assert server.poll() is None, f"nginx ended at once: {told}"
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nginx does not listen")
