"""A store that takes everybody in and answers nobody: what a frozen machine looks like."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def hanging_store() -> Iterator[str]:
    """Its address for DATABASE_URL, for as long as the block runs."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def take_in() -> None:
            with suppress(OSError):  # the listener has ended
                while True:
                    held.append(listener.accept()[0])

        threading.Thread(target=take_in, daemon=True).start()
        yield f"postgresql://somebody:secret@127.0.0.1:{listener.getsockname()[1]}/ledger"
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
    for line in held:
        line.close()
