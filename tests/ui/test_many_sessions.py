"""The real server: readers with heavy questions hold up nobody, and leave nothing running."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from bench.serving import served

HEAVY = "v=2&dataset=us-2023&measure=lq&policy=fairest&water_weight={}"
LIGHT = "v=2&dataset=world-2023&water_weight=77"
LONG = 90.0


def session(address: str):
    target = address.replace("http", "ws", 1) + "/_stcore/stream"
    return connect(target, subprotocols=[Subprotocol("streamlit")], max_size=None)


async def ask(socket, query: str) -> None:
    message = BackMsg()
    message.rerun_script.query_string = query
    await socket.send(message.SerializeToString())


async def answered(socket) -> None:
    async for data in socket:
        if ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
            return


def ticks(pid: int) -> int:
    """Processor time that the workers of a server have taken, in ticks."""
    offspring = [child.pid for child in psutil.Process(pid).children()]
    times = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2] for child in offspring]
    return sum(int(time.split()[11]) + int(time.split()[12]) for time in times)


async def heavy_then_light(app) -> None:
    sockets = [session(app.address) for _ in range(4)]
    heavy = [await socket.__aenter__() for socket in sockets]
    for number, socket in enumerate(heavy):
        await ask(socket, HEAVY.format(61 + number))
    under_way = [asyncio.create_task(answered(socket)) for socket in heavy]
    await asyncio.sleep(2.0)
    async with session(app.address) as light:
        await ask(light, LIGHT)
        await asyncio.wait_for(answered(light), LONG)
        assert sum(not task.done() for task in under_way) >= 2, "nothing was heavy"
    for socket in sockets:
        await socket.__aexit__(None, None, None)
    for task in under_way:
        task.cancel()


@pytest.mark.slow
def test_a_light_question_is_answered_before_heavy_ones_which_end_with_their_readers(tmp_path):
    with served(tmp_path / "log") as app:
        asyncio.run(heavy_then_light(app))
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            before = ticks(app.pid)
            time.sleep(2.0)
            if ticks(app.pid) - before < os.sysconf("SC_CLK_TCK") // 5:
                return
    pytest.fail("The workers go on without their readers.")
