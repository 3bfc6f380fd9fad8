"""Where there is no way out everything works, and nothing asks for one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from bench.serving import ROOT
from ui.served.heads import DESCRIPTIONS

LONGEST = 240  # seconds


@pytest.fixture(scope="module")
def told():
    """What a walk through all pages saw in a network namespace of its own."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("unshare (util-linux) is not here: no network can be closed for a test.")
    apart = [unshare, "--net"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip(
            "This system permits no network namespace: no network can be closed for a test."
        )
    walk = [*apart, sys.executable, "-m", "tests.browser.serving.closed"]
    done = subprocess.run(
        walk, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_the_network_was_closed_and_the_count_of_attempts_can_count(told):
    assert told["interfaces"] == ["lo"]
    assert not told["outside"]
    assert told["counted"] > told["tried"]


def test_every_page_and_export_is_there(told):
    assert set(told["headlines"]) == set(DESCRIPTIONS)
    assert all(told["headlines"].values())
    assert len(told["exports"]) == 3
    assert min(told["exports"].values()) > 1_000


def test_nothing_asks_for_another_host(told):
    assert told["requests"]
    hosts = {urlsplit(url).hostname for url in told["requests"] if ":/" in url[:6]}
    assert hosts == {"127.0.0.1"}
    # Once the browser runs, the kernel counts its own attempts as well: none of a page's.
    assert told["tried_by_the_program"] == 0
    assert told["complaints"] == []
