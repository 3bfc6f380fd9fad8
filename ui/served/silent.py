"""How many descriptors there are for readers, and an end to connections that ask for nothing.

The web server's protocol is not promised by anybody: tests/faults/test_many_sockets.py holds it.
"""

from __future__ import annotations

import resource
from typing import Any

SILENCE = 20.0
"""Seconds that a connection may take to ask its first question, which uvicorn does not limit."""

MOST_DESCRIPTORS = 65_536
"""More is of no use, and some libraries go through all there may be."""

PER_SESSION, BESIDE = 4, 200
"""Descriptors of one reader's session (a socket, and Streamlit's loop: three), and of all else."""


def room_for_sessions() -> int:
    """How many sessions the system lets this process have, once its limit is raised as far as
    it may be: 1,024 descriptors, as is usual, would be used up by 206."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft == resource.RLIM_INFINITY or soft > most:
        most = MOST_DESCRIPTORS
    else:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(1, (most - BESIDE) // PER_SESSION)


def end_silent(config: Any) -> None:
    """Have the server of this uvicorn configuration end connections that ask for nothing."""
    config.http_protocol_class = _limited(config.http_protocol_class)


def _limited(protocol: Any) -> Any:
    """The same protocol with an end to silence."""

    class Limited(protocol):  # type: ignore[misc]  # known only while it runs
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self.loop.call_later(SILENCE, self._end_if_silent)

        def _end_if_silent(self) -> None:
            # With its first question it has a cycle, or another protocol: a session's.
            if self.cycle is None and self.transport.get_protocol() is self:
                self.transport.abort()

    return Limited
