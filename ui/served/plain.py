"""A page of a few words that the server answers itself, in the light or the dark."""

from __future__ import annotations

from html import escape

from ui.served.heads import NAME

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}: {name}</title>
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">{head}
<style>:root {{ color-scheme: light dark }}
body {{ font: 1.05rem/1.5 sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1rem }}
button, input {{ font: inherit; padding: .4rem .8rem; max-width: 100%; box-sizing: border-box }}
p, form {{ overflow-wrap: anywhere }}
</style></head><body><h1>{title}</h1>{body}</body></html>"""


def plain_page(title: str, body: str, head: str = "") -> str:
    """HTML with a heading; `body` and `head` are HTML already."""
    return PAGE.format(title=escape(title), body=body, head=head, name=NAME)
