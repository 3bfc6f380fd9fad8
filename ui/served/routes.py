"""Addresses that the program answers itself, before Streamlit."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from ui.served.heads import DESCRIPTIONS, REMOVE, head_of
from ui.served.removal import ask_or_remove, begin
from ui.streamlit_internals import index_html

FAVICON = Path(__file__).parents[2] / "static" / "favicon.png"
SAVED = "saved"
"""The key of a saved scenario: `equity_core.scenario.address.SHORT`, which takes time to load."""


def routes() -> list[BaseRoute]:
    """One a page, removal links, and the picture in the tab."""
    pages = [Route(f"/{path}", page) for path in DESCRIPTIONS]
    # Browsers ask for the second one wherever an answer names no picture.
    removal = [
        Route(f"/{REMOVE}", ask_or_remove, methods=["POST"]),
        Route(f"/{REMOVE}", begin, methods=["GET"]),
    ]
    return [*pages, *removal, Route("/favicon.png", favicon), Route("/favicon.ico", favicon)]


def page(request: Request) -> Response:
    """Streamlit's page with a head of its own."""
    path = request.url.path.rpartition("/")[2]
    saved = _title_of(dict(parse_qsl(request.url.query)).get(SAVED, ""))
    head = head_of(path, saved, str(request.base_url))
    return HTMLResponse(index_html(head.html()), headers={"Cache-Control": "no-cache"})


def favicon(_: Request) -> Response:
    """The picture in the tab, before the page says so itself."""
    return FileResponse(FAVICON)


def _title_of(short: str) -> str:
    """What a scenario was saved as; nothing where it is not kept or the store is not there."""
    if not short:
        return ""
    errors = import_module("equity_core.errors")
    try:
        # Only here: a database library takes a moment to load, and few visits need it.
        return str(import_module("ui.session.saved").store().open_scenario(short).title)
    except errors.EquityError:
        return ""
