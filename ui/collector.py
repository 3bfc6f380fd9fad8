"""Python's garbage collector. To be imported first: it stands still while the program is loaded.

Loading makes a million objects, hardly any of them garbage; the search took a fifth of the time.
"""

from __future__ import annotations

import gc
from functools import cache

gc.disable()


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
