"""The words of a picture: where they begin, how their lines break, and the picture as bytes."""

from __future__ import annotations

from io import BytesIO
from textwrap import fill
from typing import Any

from matplotlib.figure import Figure

from equity_core.figures.letters import legible
from equity_core.figures.projection import PAPER

MARGIN = 0.035
"""Where text begins, as a part of the picture's width."""


def write(figure: Figure, height: float, text: str, **style: Any) -> None:
    """Set `text` at the left margin; `height` is that of its upper edge, a part of the picture's,
    unless `va` says otherwise."""
    usual: dict[str, Any] = {"va": "top", "linespacing": 1.35}
    figure.text(MARGIN, height, legible(text), parse_math=False, **usual | style)


def balanced(text: str, width: int) -> str:
    """Lines of about equal length, none wider than `width` characters."""
    lines = -(-len(text) // width)
    return fill(text, min(width, len(text) // lines + 12))


def fitting(heading: str, points: float, letters: int) -> float:
    """The size of a title of one line, of which `letters` fill the width at `points`."""
    return min(points, points * letters / len(heading))


def saved(figure: Figure, format: str, facts: dict[str, Any]) -> bytes:  # noqa: A002
    """The picture as "png", "svg" or "pdf", with `facts` inside the file."""
    buffer = BytesIO()
    figure.savefig(buffer, format=format, metadata=facts, facecolor=PAPER)
    return buffer.getvalue()
