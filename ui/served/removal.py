"""Where a removal link leads: it says what it would remove, asks once, and removes it.

The secret stands behind the # of the link, which browsers send to nobody: it comes in the body of a
form, so that it stands in no log of a proxy, and whoever only looks at the link removes nothing.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from html import escape
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse

from equity_core import logs
from equity_core.errors import EquityError
from ui import messages
from ui.served.plain import plain_page

LONGEST_FORM = 2_000
KINDS = {"datasets": "data set", "scenarios": "scenario"}
START = """<p>A removal link takes what was saved with it off this server.</p>
<form method="post"><p><label>Key of the link (what follows #):<br>
<input name="secret" size="40" autocomplete="off" required></label></p>
<button>Continue</button></form>"""
SCRIPT = """<script>
const open = () => {
  const secret = location.hash.slice(1);
  if (!secret) return;
  history.replaceState(null, "", location.pathname);
  const form = document.createElement("form");
  const field = document.createElement("input");
  [form.method, field.type, field.name, field.value] = ["post", "hidden", "secret", secret];
  form.append(field);
  document.body.append(form);
  form.submit();
};
addEventListener("hashchange", open);
open();
</script>"""
"""Takes the secret out of the link and asks with it, also where this page is open already."""

SURE = """<p>The {kind} <b>{title}</b>, saved on {day}, will be gone for everybody; links to it will
lead nowhere. This cannot be undone.</p>
<form method="post"><input type="hidden" name="secret" value="{secret}">
<button name="sure" value="yes">Remove it</button></form>"""
DONE = "<p>The {kind} <b>{title}</b> is no longer on this server.</p>"


async def begin(_: Request) -> HTMLResponse:
    """The page that takes the secret out of the link."""
    return _answer("Remove what was saved", START)


async def ask_or_remove(request: Request) -> HTMLResponse:
    """What the secret would remove, with a button; or that it is removed."""
    form = await _form(request)
    secret, sure = form.get("secret", ""), form.get("sure") == "yes"
    try:
        found: Any = await asyncio.to_thread(_removed if sure else _found, secret)
    except EquityError as error:
        return _answer("Nothing was removed", f"<p>{escape(messages.told(error))}</p>")
    words = {
        "kind": KINDS[found.kind],
        "title": escape(found.title),
        "day": f"{datetime.fromtimestamp(found.created, UTC):%-d %B %Y}",
        "secret": escape(secret, quote=True),
    }
    title, text = ("Removed", DONE) if sure else (f"Remove this {words['kind']}?", SURE)
    return _answer(title, text.format(**words))


def _removals() -> Any:
    # Not at the top: a database library takes a moment to load, and few visits need it.
    return import_module("equity_core.store.removals").Removals()


def _found(secret: str) -> Any:
    return _removals().find(secret.strip())


def _removed(secret: str) -> Any:
    found = _removals().remove(secret.strip())
    import_module("ui.jobs.datasets").forget_datasets()
    logs.note("removed_by_link", kind=found.kind)
    return found


async def _form(request: Request) -> dict[str, str]:
    """The fields of a short form; of a longer one, none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return {}
    return {name: texts[0] for name, texts in parse_qs(body.decode("ascii", "replace")).items()}


def _answer(title: str, body: str) -> HTMLResponse:
    headers = {"Cache-Control": "no-store"}
    return HTMLResponse(plain_page(title, body + SCRIPT), headers=headers)
