"""A plan past its time and a reader who never reads: a sentence for the one, nothing for others."""

from __future__ import annotations

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from bench.serving import served
from tests.faults.visits import socket_of, visit

YEAR = "v=2&dataset=world-2023&reach=partial&policy=fairest&end=2023-12-31"
RUNS = 30


@pytest.mark.slow
def test_a_plan_past_its_time_is_a_sentence_and_who_never_reads_holds_nobody_up(tmp_path) -> None:
    with served(tmp_path / "server.log", settings={"EQUITY_SOLVE_SECONDS": "1"}) as app:

        async def together() -> tuple[str, list[str]]:
            asked = BackMsg()
            asked.rerun_script.query_string = "v=2"
            streamlit = [Subprotocol("streamlit")]
            # Takes nothing from its socket once one message is there.
            async with connect(socket_of(app.address), subprotocols=streamlit, max_queue=1) as deaf:
                for _ in range(RUNS):
                    await deaf.send(asked.SerializeToString())
                    await asyncio.sleep(0.05)
                late = await visit(app.address, YEAR)
                return late, [await visit(app.address) for _ in range(2)]

        late, others = asyncio.run(together())
    assert "longer than the 1 s that one question may take" in late.replace("\\", "")
    assert all("ee-headline" in said for said in others)
