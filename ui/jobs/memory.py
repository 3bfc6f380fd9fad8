"""How the program keeps its memory. To be imported first.

Python's garbage collector stands still while the program is loaded: that makes a million objects,
hardly any of them garbage, and the search took a fifth of the time.

The C library gives each thread a heap, up to eight per processor, and every run of a page is a
thread: what one frees, the next does not find. Two heaps do where one thread runs at a time.

Gains: p95 of twenty readers is 1.5 times as long without (docs/decisions/0015).
"""

from __future__ import annotations

import ctypes
import gc
import platform
from functools import cache

M_ARENA_MAX = -8  # in the C library's malloc.h
HEAPS = 2

gc.disable()
if platform.libc_ver()[0] == "glibc":
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, HEAPS)


@cache
def settle() -> None:
    """Once, after the first page: what is loaded by now stays.

    The collector need not go through it again, which would hold all readers up for a tenth of a
    second every few changes. It looks through the rest as soon as that has grown by a quarter
    since its last look: this one, which finds nothing.
    """
    gc.freeze()
    gc.collect()
    gc.enable()
