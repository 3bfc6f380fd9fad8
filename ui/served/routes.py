"""Addresses that the program answers itself, before Streamlit."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from equity_core.errors import EquityError
from ui.served.heads import DESCRIPTIONS, REMOVE, head_of
from ui.served.place import base_path
from ui.served.readiness import ALIVE, READY, Readiness, alive
from ui.served.removal import ask_or_remove, begin
from ui.streamlit_internals import index_html

FAVICON = Path(__file__).parents[2] / "static" / "favicon.png"
SAVED = "saved"
"""The key of a saved scenario: `equity_core.scenario.address.SHORT`, which takes time to load."""

PATIENCE = 3.0
"""Seconds that a page waits for the title of a saved scenario, which it can do without."""


def routes() -> list[BaseRoute]:
    """Pages, the picture in the tab, removal links, and what whoever watches the server asks."""
    pages = dict.fromkeys(DESCRIPTIONS, page)
    # Browsers ask for the second one wherever an answer names no picture.
    pictures = {"favicon.png": favicon, "favicon.ico": favicon}
    answers = pages | pictures | {ALIVE: alive, READY: Readiness().answer, REMOVE: begin}
    start = [Route(base_path(), beginning)] if base_path() else []
    removal = Route(f"{base_path()}/{REMOVE}", ask_or_remove, methods=["POST"])
    return [
        removal,
        *start,
        *(Route(f"{base_path()}/{path}", to) for path, to in answers.items()),
    ]


async def page(request: Request) -> Response:
    """Streamlit's page with a head of its own."""
    path = request.url.path.rpartition("/")[2]
    saved = await _title_of(dict(parse_qsl(request.url.query)).get(SAVED, ""))
    root = str(request.base_url).rstrip("/") + f"{base_path()}/"
    head = head_of(path, saved, root)
    return HTMLResponse(index_html(head.html()), headers={"Cache-Control": "no-cache"})


def beginning(request: Request) -> Response:
    """The base path without its slash: below it the page would look for its files one step up."""
    return RedirectResponse(f"{base_path()}/?{request.url.query}".rstrip("?"))


def favicon(_: Request) -> Response:
    """The picture in the tab, before the page says so itself."""
    return FileResponse(FAVICON)


async def _title_of(short: str) -> str:
    """What a scenario was saved as; nothing where the store does not say so soon."""
    if not short:
        return ""
    # Only here: a database library takes a moment to load, and few visits need it.
    kept = await asyncio.to_thread(import_module, "equity_core.store.store")
    asked = asyncio.get_running_loop().run_in_executor(_lookout(), _kept_title, kept, short)
    with suppress(TimeoutError):
        return await asyncio.wait_for(asked, PATIENCE)
    return ""


@cache
def _lookout() -> ThreadPoolExecutor:
    """Who asks the store: threads of their own, for all other answers wait for those there are."""
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="titles")


def _kept_title(kept: Any, short: str) -> str:
    try:
        return str(kept.Store().open_scenario(short).title)
    except EquityError:
        return ""
