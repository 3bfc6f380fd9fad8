"""A reader who never reads holds nobody up."""

from __future__ import annotations

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from bench.serving import served
from tests.faults.visits import socket_of, visit

RUNS = 30


@pytest.mark.slow
def test_who_never_reads_holds_nobody_up(tmp_path) -> None:
    with served(tmp_path / "server.log") as app:

        async def together() -> list[str]:
            asked = BackMsg()
            asked.rerun_script.query_string = "v=2"
            streamlit = [Subprotocol("streamlit")]
            # Takes nothing from its socket once one message is there.
            async with connect(socket_of(app.address), subprotocols=streamlit, max_queue=1) as deaf:
                for _ in range(RUNS):
                    await deaf.send(asked.SerializeToString())
                    await asyncio.sleep(0.05)
                return [await visit(app.address) for _ in range(2)]

        others = asyncio.run(together())
    assert all("ee-headline" in said for said in others)
