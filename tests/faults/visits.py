"""A reader without a browser who opens the page once, and what it said."""

from __future__ import annotations

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol


def socket_of(address: str) -> str:
    """Where the server of `address` takes sessions in."""
    return address.replace("http", "ws", 1) + "/_stcore/stream"


async def visit(address: str, query: str = "v=2") -> str:
    """All that one run of the page said: its words, warnings and errors."""
    said: list[str] = []
    asked = BackMsg()
    asked.rerun_script.query_string = query
    streamlit = [Subprotocol("streamlit")]
    async with connect(socket_of(address), subprotocols=streamlit, max_size=None) as socket:
        await socket.send(asked.SerializeToString())
        async for data in socket:
            message = ForwardMsg.FromString(data)
            element = message.delta.new_element
            said += [element.html.body, element.alert.body, element.exception.message]
            if message.WhichOneof("type") == "script_finished":
                break
    return "\n".join(filter(None, said))
