"""The briefing as one HTML file: no script, no request, prints to two A4 pages."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from equity_core.briefing.content import Briefing

TEMPLATE = Path(__file__).parent / "templates" / "briefing.html"


def briefing_html(briefing: Briefing) -> bytes:
    """The file's bytes, UTF-8. Every text is escaped, every drawing is inside the file."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["inline"] = _inline
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(briefing=briefing).encode("utf-8")


def _inline(svg: bytes) -> str:
    """A drawing as the address of an image."""
    return f"data:image/svg+xml;base64,{b64encode(svg).decode('ascii')}"
