"""The briefing as PDF: set by Typst, which needs neither a browser nor a font of the system."""

from __future__ import annotations

from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import typst

from equity_core.briefing.content import Briefing
from equity_core.figures.letters import legible
from equity_core.version import NO_DATE

TEMPLATE = Path(__file__).parent / "templates" / "briefing.typ"


def briefing_pdf(briefing: Briefing) -> bytes:
    """The file's bytes: two A4 pages, tagged, with the origin among its keywords."""
    with TemporaryDirectory(prefix="briefing-") as folder:
        place = Path(folder)
        copy(TEMPLATE, place / TEMPLATE.name)
        (place / "briefing.json").write_text(legible(briefing.words()), encoding="utf-8")
        for name, svg in _drawings(briefing).items():
            (place / name).write_bytes(svg)
        pdf: bytes = typst.compile(
            str(place / TEMPLATE.name),
            root=folder,
            format="pdf",
            ignore_system_fonts=True,
            timestamp=int(NO_DATE.timestamp()),
        )
    return pdf


def _drawings(briefing: Briefing) -> dict[str, bytes]:
    """File name -> SVG, as the template asks for them."""
    maps = {"map.svg": briefing.map.svg}
    frontier = {"frontier.svg": briefing.frontier.svg} if briefing.frontier else {}
    return maps | frontier | ({"code.svg": briefing.code} if briefing.code else {})
