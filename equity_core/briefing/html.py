"""The briefing, and the page of several scenarios, as one HTML file: no script, no request."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from equity_core.briefing.content import Briefing
from equity_core.briefing.side_by_side import ScenariosPage

TEMPLATES = Path(__file__).parent / "templates"


def briefing_html(briefing: Briefing) -> bytes:
    """The file's bytes, UTF-8. Every text is escaped, every drawing is inside the file."""
    return _rendered("briefing.html", briefing=briefing)


def side_by_side_html(page: ScenariosPage) -> bytes:
    """The file's bytes, UTF-8. Every text is escaped."""
    return _rendered("side_by_side.html", page=page)


def _rendered(template: str, **told: object) -> bytes:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["inline"] = _inline
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return environment.from_string(text).render(**told).encode("utf-8")


def _inline(svg: bytes) -> str:
    """A drawing as the address of an image."""
    return f"data:image/svg+xml;base64,{b64encode(svg).decode('ascii')}"
