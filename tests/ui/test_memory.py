"""Memory: what the program says about its heaps holds for the real C library."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MANY_THREADS = """
import ctypes, threading
all_there = threading.Barrier(20)

def allocate():
    held = [bytes(1000 + k) for k in range(1000)]
    all_there.wait(timeout=60)

threads = [threading.Thread(target=allocate) for _ in range(20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""
COLLECTOR = """
import gc
from ui.jobs import memory
print(gc.isenabled(), gc.get_freeze_count())
memory.settle()
print(gc.isenabled(), gc.get_freeze_count() > 0)
"""


def said(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_many_threads_share_two_heaps():
    as_it_comes = said(MANY_THREADS).count("<heap nr=")
    ours = said("from ui.jobs import memory" + MANY_THREADS).count("<heap nr=")
    assert ours == 2 < as_it_comes


def test_the_collector_stands_still_until_the_first_page_is_drawn():
    assert said(COLLECTOR).splitlines() == ["False 0", "True True"]
