"""Who is there: sessions are counted, one too many is told to come back, requests get a number."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from equity_core import logs
from ui.served.heads import DESCRIPTIONS
from ui.served.plain import plain_page
from ui.served.readiness import READY
from ui.streamlit_internals import session_number

SOCKET = "/_stcore/stream"
AGAIN = 20
"""Seconds after which a browser that was turned away may ask again, and does so by itself."""

FULL = "This server is busy: {most} readers are here, as many as it serves at once."
STOPPING = "This server is being restarted."
ASKS_AGAIN = f'<meta http-equiv="refresh" content="{AGAIN}">'

_REQUEST: ContextVar[str] = ContextVar("request", default="")


@dataclass
class Attendance:
    """How many sessions are open, how many there have been, and whether new ones are taken."""

    most: int
    open: int = 0
    ever: int = 0
    stopping: bool = False

    @property
    def refusal(self) -> str:
        """Why nobody else is taken in now; "" where somebody is."""
        if self.stopping:
            return STOPPING
        return FULL.format(most=self.most) if self.open >= self.most else ""


def whose() -> Mapping[str, str]:
    """For a line of the log: the session that this thread runs for, or the request."""
    if session := session_number():
        return {"session": session}
    return {"request": number} if (number := _REQUEST.get()) else {}


class Door:
    """Numbers requests, counts sessions, and turns away whom there is no room for."""

    def __init__(self, app: ASGIApp, attendance: Attendance) -> None:
        self._app = app
        self._attendance = attendance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http":
            _REQUEST.set(secrets.token_hex(4))
            await self._answering(scope)(scope, receive, send)
        elif scope["type"] == "websocket" and scope["path"].endswith(SOCKET):
            await self._session(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _answering(self, scope: Scope) -> ASGIApp:
        name = scope["path"].rpartition("/")[2]
        if name == READY and self._attendance.stopping:
            return come_back(STOPPING)
        if name in DESCRIPTIONS and (reason := self._attendance.refusal):
            return come_back(reason)
        return self._app

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        there = self._attendance
        if there.refusal:
            logs.note("session_refused", logging.WARNING, open=there.open)
            # With the status of an answer: a proxy then asks the next server.
            await WebSocket(scope, receive, send).send_denial_response(come_back(there.refusal))
            return
        there.open += 1
        there.ever += 1
        logs.note("session_began", open=there.open)
        try:
            await self._app(scope, receive, send)
        finally:
            there.open -= 1
            logs.note("session_ended", open=there.open)


def come_back(reason: str) -> HTMLResponse:
    """The answer to whoever is turned away: why, and when to ask again."""
    words = f"<p>{reason} This page asks again every {AGAIN} seconds; your link is kept.</p>"
    text = plain_page("Please wait a moment", words, ASKS_AGAIN)
    return HTMLResponse(text, status_code=503, headers={"Retry-After": str(AGAIN)})
