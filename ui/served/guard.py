"""What each answer tells the browser to refuse, and which requests the server refuses itself.

The values are those of the OWASP secure headers project where they apply here; what does not is
explained in docs/DEPLOY.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from equity_core.errors import shown
from ui.served.place import base_path
from ui.served.readiness import ALIVE, READY
from ui.streamlit_internals import is_host_allowed

COOKIE = "equity_replica"
"""Names the server that holds a browser's session, to whoever spreads requests over several."""

OWN_PAGES = "'self'"

CLOSED = ("/_stcore/metrics", "/_stcore/agent/")
"""What Streamlit answers to everybody and no page of ours asks for."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "clipboard-write=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}

# Streamlit's page carries a script of its own, sets styles on elements, and loads the code of its
# components from blobs; the pictures it draws are blobs and data as well. Nothing is fetched
# elsewhere, and nothing is run that a text became.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
    "worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors "
)


class Guard:
    """Adds the headers to every answer; refuses foreign hosts and what nobody here asks for.

    `framed_by` are hosts whose pages may show ours within theirs. A socket that is opened gets the
    `name` of this server as a cookie, where it has one.

    Host names are those of `server.allowedHosts`, as for the page's socket.
    """

    def __init__(self, app: ASGIApp, framed_by: Sequence[str] = (), name: str = "") -> None:
        self._app = app
        self._name = name
        # Whoever watches a server asks by its address, which readers do not know.
        self._watched = {f"{base_path()}/{name}" for name in (ALIVE, READY)}
        self._headers = HEADERS | {
            "Content-Security-Policy": _POLICY + " ".join((OWN_PAGES, *framed_by))
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        added = {
            "http.response.start": self._headers,
            "websocket.accept": self._cookie(scope),
        }

        async def answer(message: Message) -> None:
            if headers := added.get(message["type"]):
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._answering(scope)(scope, receive, answer)

    def _cookie(self, scope: Scope) -> dict[str, str]:
        if not self._name:
            return {}
        secure = "; Secure" if scope.get("scheme") == "wss" else ""
        rules = f"; Path={base_path()}/; HttpOnly; SameSite=Lax{secure}"
        return {"Set-Cookie": f"{COOKIE}={self._name}{rules}"}

    def _answering(self, scope: Scope) -> ASGIApp:
        if scope["type"] != "http":
            return self._app
        host = Headers(scope=scope).get("host", "")
        if not is_host_allowed(host) and scope["path"] not in self._watched:
            return PlainTextResponse(foreign_host(host), status_code=421)
        if any(closed in scope["path"] for closed in CLOSED):  # below any base path
            return PlainTextResponse("There is nothing at this address.", status_code=404)
        return self._app


def foreign_host(host: str) -> str:
    """The sentence for a request that names a host which this server is not."""
    return (
        f"This server does not answer to the name {shown(host)}. If it should, add the "
        "name to STREAMLIT_SERVER_ALLOWED_HOSTS (docs/DEPLOY.md) and start it again."
    )
