"""A visitor without a browser: one session through the address that readers know, and its files.

Speaks the page's own protocol, keeps the cookies, asks again for what is computed beside the page.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

KINDS = ("slider", "button", "download_button", "file_uploader", "popover")
PAGE = (ForwardMsg.FINISHED_SUCCESSFULLY,)
PART = (*PAGE, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
"""How a run of the page ends, and one of a part of it."""

BORDER = "a-border-of-parts"
LONGEST = 120.0
"""Seconds after which an answer that has not come is an error."""


class Refused(Exception):
    """The server did not do what was asked, in its own words."""


@dataclass(eq=False)
class Visitor:
    """What one session sees: its widgets by name, and what must never be seen, as text."""

    address: str
    socket: ClientConnection
    cookies: dict[str, str]
    widgets: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    received: int = 0
    _query: str = ""
    _page: str = ""
    _session: str = ""
    _asks_again: tuple[str, str] | None = None

    async def go(self, query: str, page: str = "") -> None:
        """Come to an address, as by the browser's history; until the page has been answered."""
        self._query, self._page = query, page
        self.widgets.clear()
        await self._run(self._asked(navigates=True))

    async def set(self, *states: WidgetState) -> None:
        """Change widgets; until the page has been answered."""
        await self._run(self._asked(*states))

    async def until_complete(self) -> None:
        """What the page's own script does while something is still computed beside it.

        It can be cancelled, by a reader who goes on meanwhile.
        """
        while self._asks_again:
            component, fragment = self._asks_again
            ticks = WidgetState(id=f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{component}__events")
            ticks.json_trigger_value = json.dumps([{"event": "tick", "value": 1}])
            asked = self._asked(ticks)
            asked.rerun_script.fragment_id = fragment
            await self._run(asked, PART)

    async def download(self, name: str) -> int:
        """Press a button for a file that is made then; the bytes that came."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = name
        asked.backend_operation_request.session_id = self._session
        file = self.widgets[name].deferred_file_id
        asked.backend_operation_request.deferred_file.file_id = file
        answer = (
            await self._answer(asked, "backend_operation_response")
        ).backend_operation_response
        if answer.error_msg:
            raise Refused(answer.error_msg)
        return len(await self._fetch(answer.deferred_file.url))

    async def upload(self, name: str, file: str, content: bytes) -> WidgetState:
        """Send a file to an uploader; the state of that widget, to be set."""
        asked = BackMsg()
        asked.file_urls_request.request_id = name
        asked.file_urls_request.session_id = self._session
        asked.file_urls_request.file_names.append(file)
        told = (await self._answer(asked, "file_urls_response")).file_urls_response
        if told.error_msg:
            raise Refused(told.error_msg)
        place = told.file_urls[0]
        await self._fetch(place.upload_url, "PUT", _form(file, content), self._upload_headers())
        state = WidgetState(id=self.widgets[name].id)
        sent = state.file_uploader_state_value.uploaded_file_info.add()
        sent.name, sent.size, sent.file_id = file, len(content), place.file_id
        sent.file_urls.CopyFrom(place)
        return state

    def _upload_headers(self) -> dict[str, str]:
        token = self.cookies.get("_streamlit_xsrf", "")
        return {"X-Xsrftoken": token, "Content-Type": f"multipart/form-data; boundary={BORDER}"}

    async def _fetch(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        sent = {"Cookie": _as_one(self.cookies), **(headers or {})}
        asked = Request(self.address + path, body, sent, method=method)
        return (await asyncio.to_thread(_content, asked))[0]

    def _asked(self, *states: WidgetState, navigates: bool = False) -> BackMsg:
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_name = self._page
        asked.rerun_script.is_history_navigation = navigates
        asked.rerun_script.widget_states.widgets.extend(states)
        return asked

    async def _run(self, asked: BackMsg, ends: tuple[int, ...] = PAGE) -> None:
        while True:
            answer = await self._answer(asked, "script_finished")
            if answer.script_finished in ends:
                return
            if answer.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise Refused("The page cannot be read by Python.")
            asked = BackMsg()  # the end of an earlier run, or the server itself began another

    async def _answer(self, asked: BackMsg, kind: str) -> ForwardMsg:
        """Ask, and note what is told until a message of this kind."""
        if asked.WhichOneof("type"):
            await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(LONGEST):
            async for data in self.socket:
                message = ForwardMsg.FromString(data)
                self.received += len(data)
                self._note(message)
                if message.WhichOneof("type") == kind:
                    return message
        raise ConnectionError("The server ended the session.")

    def _note(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "new_session":
            self._session = message.new_session.initialize.session_id
            self._asks_again = None
        elif message.WhichOneof("type") == "delta":
            self._see(message.delta)

    def _see(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type") or ""
        if delta.add_block.popover.id:
            self._know(delta.add_block.popover)
        elif kind in KINDS:
            self._know(getattr(element, kind))
        elif kind == "bidi_component" and element.bidi_component.id.endswith("-ask_again"):
            self._asks_again = element.bidi_component.id, delta.fragment_id
        elif kind == "exception":
            self.problems.append(element.exception.message)
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            self.problems.append(element.alert.body)

    def _know(self, widget: Any) -> None:
        self.widgets[widget.id.split("-", 2)[-1]] = widget


@asynccontextmanager
async def visiting(address: str) -> AsyncIterator[Visitor]:
    """A session, opened as a browser does: the question whether all is well brings a cookie."""
    _, cookies = await asyncio.to_thread(_content, Request(f"{address}/_stcore/health"))
    target = address.replace("http", "ws", 1) + "/_stcore/stream"
    headers = {"Cookie": _as_one(cookies)}
    streamlit = [Subprotocol("streamlit")]
    async with connect(
        target, subprotocols=streamlit, max_size=None, additional_headers=headers
    ) as socket:
        told = socket.response.headers.get_all("Set-Cookie") if socket.response else []
        yield Visitor(address, socket, cookies | _given(told))


def _content(asked: Request) -> tuple[bytes, dict[str, str]]:
    """What an address answers, and the cookies that came with it."""
    try:
        with urlopen(asked, timeout=LONGEST) as answer:
            return answer.read(), _given(answer.headers.get_all("Set-Cookie") or [])
    except HTTPError as error:
        with error:
            words = error.read().decode(errors="replace")[:200]
        raise Refused(f"{error.code} at {asked.selector[:40]}: {words}") from error


def _given(headers: list[str]) -> dict[str, str]:
    pairs = (header.partition(";")[0].partition("=") for header in headers)
    return {name: value for name, _, value in pairs}


def _as_one(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _form(file: str, content: bytes) -> bytes:
    head = f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="{file}"\r\n\r\n'
    return head.encode() + content + f"\r\n--{BORDER}--\r\n".encode()
