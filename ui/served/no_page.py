"""An address that is no page is answered as such: Streamlit would show the first page there."""

from __future__ import annotations

from html import escape

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.served.heads import DESCRIPTIONS, NAME, REMOVE
from ui.served.place import base_path
from ui.served.plain import plain_page

TITLE = "There is no page at this address"
BODY = """<p>{name} has no page <code>{path}</code>. The link may have been cut or mistyped; choose
one of these pages instead, or copy the link again as a whole.</p><ul>{ways}</ul>"""
ICON = '<link rel="icon" href="{root}/favicon.png">'


class NoSuchPage:
    """Answers 404 wherever a page would be shown at an address that is none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        path = scope.get("path", "").removeprefix(base_path())
        if scope["type"] != "http" or path.strip("/") in {*DESCRIPTIONS, REMOVE}:
            await self._app(scope, receive, send)
            return
        refused = False

        async def answer(message: Message) -> None:
            nonlocal refused
            refused = refused or _shows_a_page(message)
            if not refused:
                await send(message)
            elif message["type"] == "http.response.start":
                await no_such_page(path, base_path())(scope, receive, send)

        await self._app(scope, receive, answer)


def no_such_page(path: str, root: str) -> HTMLResponse:
    """The answer, with the way to every page; `root` is where the program begins."""
    ways = "".join(
        f'<li><a href="{escape(root)}/{name}">{name.capitalize() or "Explore"}</a></li>'
        for name in DESCRIPTIONS
    )
    body = BODY.format(name=NAME, path=escape(path), ways=ways)
    return HTMLResponse(plain_page(TITLE, body, ICON.format(root=escape(root))), status_code=404)


def _shows_a_page(message: Message) -> bool:
    if message["type"] != "http.response.start":
        return False
    headers = Headers(raw=message["headers"])
    # A briefing is HTML, too, and comes as a file.
    shown = "content-disposition" not in headers
    kind = headers.get("content-type", "")
    return shown and message["status"] in {200, 304} and kind.startswith("text/html")
