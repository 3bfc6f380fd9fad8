"""Fifty readers on two servers with one store: `python -m bench.load [SECONDS] [READERS]`.

Real sessions (bench/reader.py), each doing one thing after the other: weights, regional factors,
goals, data sets, links. Errors, answers and memory by minute; then sessions opened and dropped,
a client that never reads, connections that ask for nothing. Outside CI: ten minutes by default.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.serving import Served, served

SECONDS, READERS, PAUSE, SEED = 600.0, 50, 1.0, 2022
DROPPED, AT_A_TIME, HALF_OPEN = 200, 20, 300
LONGEST = 120.0
"""Seconds after which an answer that has not come is an error."""

STREAMLIT = [Subprotocol("streamlit")]
LIGHT = "v=2&water_weight={n}"
ACTIONS = (
    LIGHT,
    LIGHT,
    "v=2&carbon_weight={n}",
    "v=2&texas.water=1.{n}",
    "v=2&policy=water&water_weight={n}",
    "v=2&cost_increase_limit={n}",
    "v=2&dataset=us-2023&water_weight={n}",
    "v=2&reach=partial&water_weight={n}",
)
"""What a reader asks for next: the address of a page, with a number."""


@dataclass
class Told:
    """What came of it: (seconds since the start, seconds that an answer took), and errors."""

    answers: list[tuple[float, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def main(seconds: float = SECONDS, readers: int = READERS) -> None:
    """Run all of it and print tables."""
    with two_servers(readers) as servers:
        told, memory = asyncio.run(_load(servers, seconds, readers))
        print("\n".join(_table(told, memory, seconds, readers)))
        asyncio.run(_abuse(servers))


@contextmanager
def two_servers(readers: int) -> Iterator[list[Served]]:
    """On one store, in SQLite."""
    with TemporaryDirectory() as folder, ExitStack() as life:
        given = {
            "EQUITY_STORE_FILE": f"{folder}/store.sqlite",
            "EQUITY_CLIENT_SESSIONS": str(2 * readers + DROPPED),
        }
        logs = [Path(folder) / f"{name}.log" for name in "ab"]
        yield [life.enter_context(served(log, settings=given)) for log in logs]


async def _load(
    servers: list[Served], seconds: float, readers: int
) -> tuple[Told, list[tuple[float, int]]]:
    told, memory, began = Told(), [], time.perf_counter()

    async def watch() -> None:
        while True:
            memory.append((time.perf_counter() - began, sum(map(_resident, servers))))
            await asyncio.sleep(5)

    watching = asyncio.create_task(watch())
    await asyncio.gather(
        *(_reader(servers[k % 2].address, k, began, seconds, told) for k in range(readers))
    )
    watching.cancel()
    return told, memory


async def _reader(address: str, number: int, began: float, seconds: float, told: Told) -> None:
    chosen = random.Random(SEED + number)
    try:
        async with _session(address) as socket:
            while (since := time.perf_counter()) < began + seconds:
                query = chosen.choice(ACTIONS).format(n=chosen.randint(10, 90))
                said = await asyncio.wait_for(_ask(socket, query), LONGEST)
                told.answers.append((since - began, time.perf_counter() - since))
                told.errors += said
                await asyncio.sleep(max(0.0, since + PAUSE - time.perf_counter()))
    except (OSError, TimeoutError, ConnectionError) as error:
        told.errors.append(f"{type(error).__name__}: {error}")


def _session(address: str) -> connect:
    target = address.replace("http", "ws", 1) + "/_stcore/stream"
    return connect(target, subprotocols=STREAMLIT, max_size=None)


async def _ask(socket: ClientConnection, query: str) -> list[str]:
    """One run of the page at an address of the browser's history; the errors that it showed."""
    asked = BackMsg()
    said: list[str] = []
    asked.rerun_script.query_string = query
    asked.rerun_script.is_history_navigation = True
    await socket.send(asked.SerializeToString())
    async for data in socket:
        message = ForwardMsg.FromString(data)
        element = message.delta.new_element
        said += filter(None, [element.exception.message, element.alert.body])
        if message.WhichOneof("type") == "script_finished":
            return said
    raise ConnectionError("The server ended the session.")


async def _abuse(servers: list[Served]) -> None:
    """Sessions dropped at once, one that never reads, connections that ask for nothing."""
    address, place = servers[0].address, urlsplit(servers[0].address)
    before = _resident(servers[0])
    for _ in range(DROPPED // AT_A_TIME):
        await asyncio.gather(*(_drop(address) for _ in range(AT_A_TIME)))
    await asyncio.sleep(10)
    print(f"\n{DROPPED} sessions dropped: {(_resident(servers[0]) - before) / 1e6:+.0f} MB")
    with ExitStack() as held:
        for _ in range(HALF_OPEN):
            held.enter_context(socket.create_connection((place.hostname, place.port)))
        async with connect(
            address.replace("http", "ws", 1) + "/_stcore/stream", max_queue=1
        ) as deaf:
            asked = BackMsg()
            asked.rerun_script.query_string = "v=2"
            for _ in range(AT_A_TIME):
                await deaf.send(asked.SerializeToString())
            began = time.perf_counter()
            async with _session(address) as other:
                errors = await _ask(other, LIGHT.format(n=50))
            took = time.perf_counter() - began
    print(f"beside {HALF_OPEN} half-open and a deaf one: {took:.2f} s, {len(errors)} errors")


async def _drop(address: str) -> None:
    async with _session(address) as socket:
        await _ask(socket, LIGHT.format(n=random.Random(SEED).randint(10, 90)))


def _table(told: Told, memory: list[tuple[float, int]], seconds: float, readers: int) -> list[str]:
    lines = ["| minute | answers | median | p95 | memory |", "|---|---|---|---|---|"]
    for minute in range(int(np.ceil(seconds / 60))):
        took = [s for at, s in told.answers if minute * 60 <= at < (minute + 1) * 60] or [np.nan]
        held = [size for at, size in memory if minute * 60 <= at < (minute + 1) * 60] or [0]
        middle, high = np.percentile(took, (50, 95))
        lines.append(
            f"| {minute + 1} | {len(took)} | {middle:.2f} s | {high:.2f} s "
            f"| {np.median(held) / 1e6:.0f} MB |"
        )
    errors = f"{len(told.errors)} errors; {readers} readers, {os.cpu_count()} processors."
    return [*lines, "", errors, *told.errors[:5]]


def _resident(app: Served) -> int:
    pages = Path(f"/proc/{app.pid}/statm").read_text(encoding="utf-8").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    arguments = dict(zip(("seconds", "readers"), map(int, sys.argv[1:3]), strict=False))
    main(**arguments)
