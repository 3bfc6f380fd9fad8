"""A connection to PostgreSQL that gives up a server which took us in and then says nothing.

The server's own time limit, `statement_timeout`, ends nothing where the server itself hangs, its
machine is frozen, or something between swallows what is sent. Loaded only where there is one.
"""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from threading import Timer
from typing import Any

import psycopg
from psycopg.errors import ConnectionTimeout

BEYOND_SECONDS = 2
"""How much longer than the server's own limit an answer is waited for."""


class Patient(psycopg.Connection[Any]):
    """Raises ConnectionTimeout where one answer takes longer than `patience_seconds`."""

    patience_seconds = 0.0

    def wait(self, *given: Any, **named: Any) -> Any:
        """As psycopg has it; all that is asked of the server goes through here."""
        if not self.patience_seconds:
            return super().wait(*given, **named)
        began = time.monotonic()
        end = Timer(self.patience_seconds, _hang_up, [self.pgconn.socket])
        end.daemon = True
        end.start()
        try:
            return super().wait(*given, **named)
        except psycopg.OperationalError as error:
            if time.monotonic() - began < self.patience_seconds:
                raise
            raise ConnectionTimeout("timeout: the server does not answer") from error
        finally:
            end.cancel()


def connected(statement_seconds: int, *given: Any, **named: Any) -> Patient:
    """A connection as `psycopg.connect` makes it, with the limit on both sides."""
    limit = {"options": f"-c statement_timeout={statement_seconds}s"}
    connection = Patient.connect(*given, **named | limit)
    connection.patience_seconds = statement_seconds + BEYOND_SECONDS
    return connection


def _hang_up(descriptor: int) -> None:
    """From another thread: whoever waits there is told that the connection has ended."""
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as line:
        line.shutdown(socket.SHUT_RDWR)
