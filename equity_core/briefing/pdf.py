"""The briefing, and the page of several scenarios, as PDF.

Set by Typst, which needs neither a browser nor a font of the system.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import typst

from equity_core.briefing.content import Briefing
from equity_core.briefing.side_by_side import ScenariosPage
from equity_core.figures.letters import legible
from equity_core.version import NO_DATE

TEMPLATES = Path(__file__).parent / "templates"


def briefing_pdf(briefing: Briefing) -> bytes:
    """The file's bytes: two A4 pages, tagged, with the origin among its keywords."""
    return _set("briefing", briefing.words(), _drawings(briefing))


def side_by_side_pdf(page: ScenariosPage) -> bytes:
    """The file's bytes: A4 across, as many pages as the table needs."""
    return _set("side_by_side", page.words(), {"code.svg": page.code} if page.code else {})


def _set(template: str, words: str, drawings: Mapping[str, bytes]) -> bytes:
    """A record set by the template of that name, which reads `words` from NAME.json."""
    with TemporaryDirectory(prefix="briefing-") as folder:
        place = Path(folder)
        copy(TEMPLATES / f"{template}.typ", place)
        (place / f"{template}.json").write_text(legible(words), encoding="utf-8")
        for name, svg in drawings.items():
            (place / name).write_bytes(svg)
        pdf: bytes = typst.compile(
            str(place / f"{template}.typ"),
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
