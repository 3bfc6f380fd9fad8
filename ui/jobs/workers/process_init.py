"""What a worker process does first. It imports nothing of the project: its niceness must hold
while it loads the solver, which takes a second of a processor."""

from __future__ import annotations

import os
import threading
import time


def settle_in(parent: int, niceness: int) -> None:
    """Let others of the machine go first, and end with the process `parent`."""
    os.nice(niceness)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A web server that was killed cannot end its workers: they look for themselves."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)
