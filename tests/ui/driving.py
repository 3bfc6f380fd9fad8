"""Looks at a page that Streamlit's AppTest runs, and opens it at an address."""

from __future__ import annotations

import re
from html import unescape


def run_at(app, groups, address):
    """The app at exactly this address, with `groups` of levers open."""
    for key, value in address.items():
        app.query_params[key] = value
    for group in groups:
        app.session_state[f"levers_{group}"] = True
    return app.run()


def widget(app, kind, name):
    """The live widget seeded as `name`."""
    return next(found for found in getattr(app, kind) if (found.key or "").startswith(f"{name}-"))


def scenario(app):
    assert not app.exception
    return app.session_state["scenario"]


def html(app):
    return " ".join(element.proto.body for element in app.get("html"))


def told(app):
    """What is read of the HTML: its text without the tags."""
    return unescape(re.sub(r"<[^>]+>", "", html(app)))


def written(app):
    """The address bar; a value is a list where the test wrote it, text where the page did."""
    given = app.query_params.items()
    return {key: value if isinstance(value, str) else value[0] for key, value in given}
