"""Visitors who do a server no good: who leave at once, never read, or only connect."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect

from bench.serving import Served
from bench.sizes import size_of
from bench.visitor import visiting

DROPPED, AT_A_TIME, HALF_OPEN = 200, 20, 300
FORGOTTEN = 75.0
"""Seconds after which a session that was left is gone: a minute, and some."""


async def roughly(server: Served) -> list[str]:
    """What it costs the server and the next reader, in sentences."""
    sizes = [size_of(server.pid).server / 1e6]
    for _ in range(2):
        await _come_and_leave(server.address)
        sizes.append(size_of(server.pid).server / 1e6)
    first, once, twice = sizes
    errors, took = await _beside_the_silent(server.address)
    return [
        f"{DROPPED} sessions opened and dropped: {first:.0f} MB before and {once:.0f} MB a minute "
        f"after; {DROPPED} more: {twice:.0f} MB. Beside {HALF_OPEN} half-open connections and a "
        f"client that asks {AT_A_TIME} times and never reads: a first page in {took:.2f} s, "
        f"{errors} errors."
    ]


async def _come_and_leave(address: str) -> None:
    for _ in range(DROPPED // AT_A_TIME):
        await asyncio.gather(*(_one_page(address) for _ in range(AT_A_TIME)))
    await asyncio.sleep(FORGOTTEN)


async def _beside_the_silent(address: str) -> tuple[int, float]:
    """Errors and seconds of a reader's first page."""
    with _half_open(address):
        async with connect(
            address.replace("http", "ws", 1) + "/_stcore/stream", max_queue=1
        ) as deaf:
            asked = BackMsg()
            asked.rerun_script.query_string = "v=2"
            for _ in range(AT_A_TIME):
                await deaf.send(asked.SerializeToString())
            began = time.perf_counter()
            errors = await _one_page(address)
            return errors, time.perf_counter() - began


async def _one_page(address: str) -> int:
    """How many errors it showed."""
    async with visiting(address) as visitor:
        await visitor.go("v=2&water_weight=50")
        return len(visitor.problems)


@contextmanager
def _half_open(address: str) -> Iterator[None]:
    place = urlsplit(address)
    with ExitStack() as held:
        for _ in range(HALF_OPEN):
            held.enter_context(socket.create_connection((place.hostname, place.port)))
        yield
