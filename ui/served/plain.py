"""A page of a few words that the server answers itself, in the light or the dark."""

from __future__ import annotations

from html import escape

from ui.served.heads import NAME
from ui.theme import DARK, LIGHT, variables

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}: {name}</title>
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">{head}
<style>{light} @media (prefers-color-scheme: dark) {{ {dark} }}
:root {{ color-scheme: light dark }}
body {{ font: .95rem/1.5 "Source Sans", system-ui, sans-serif; max-width: 34rem; padding: 0 1rem;
  margin: 10vh auto; color: var(--ee-ink); background: var(--ee-paper) }}
header {{ font-size: 1.35rem; font-weight: 600; border-bottom: 1px solid var(--ee-rule);
  padding-bottom: .5rem; margin-bottom: 1.5rem }}
h1 {{ font-size: 1.15rem; font-weight: 600; line-height: 1.3 }}
a {{ color: var(--ee-accent) }}
button, input {{ font: inherit; padding: .4rem .8rem; max-width: 100%; box-sizing: border-box;
  color: inherit; background: none; border: 1px solid var(--ee-rule); border-radius: 3px }}
p, form {{ overflow-wrap: anywhere }}
</style></head><body><header>{name}</header><h1>{title}</h1>{body}</body></html>"""


def plain_page(title: str, body: str, head: str = "") -> str:
    """HTML with a heading; `body` and `head` are HTML already."""
    light, dark = variables(LIGHT), variables(DARK)
    told = {"title": escape(title), "body": body, "head": head, "name": NAME}
    return PAGE.format(light=light, dark=dark, **told)
