"""What plotly pictures share: the page's colours, quiet axes, words at the pointer, mode bar.

Figures are plain dicts, made without plotly or streamlit: records in, numbers and words out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from equity_core.figures.colours import Scale
from equity_core.text.opening.small_print import Printed
from equity_core.text.plan_names import THIS_PLAN
from ui.theme import Look

Figure = dict[str, Any]
Points = list[tuple[float, float]]
DASHES = ("solid", "6px,4px", "1.5px,3px", "1.5px,3px")
"""Of the first four lines, which take turns in two shades; then from the start."""
EXACT, SOLVED = 6, 4
"""Digits at the pointer: of what is certified, and of a plan of a curve, solved less closely."""


def figure(traces: Sequence[Figure], look: Look, height: int, **layout: Any) -> Figure:
    """A figure in the page's colours; `layout` comes over what all figures have."""
    shared = {
        "uirevision": "kept",  # a picture that is only resized keeps its zoom
        "height": height,
        "paper_bgcolor": look.paper,
        "plot_bgcolor": look.paper,
        "font": {"family": '"Source Sans", sans-serif', "size": 12, "color": look.ink},
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "hovermode": "closest",
        "dragmode": "zoom",
        "hoverlabel": {"bgcolor": look.paper, "font": {"color": look.ink}, "align": "left"},
        "modebar": {"bgcolor": look.paper, "color": look.quiet, "activecolor": look.accent},
    }
    return {"data": list(traces), "layout": shared | layout}


def printed(drawn: Figure, words: Printed) -> Figure:
    """The figure with the words that it takes along where the browser saves it (plots.js)."""
    told = {"title": plain(words.title), "small": [plain(line) for line in words.small]}
    return drawn | {"layout": drawn["layout"] | {"meta": told}}


def axis(look: Look, title: str = "", **own: Any) -> Figure:
    """An axis with thin lines; `title` names the quantity and its unit."""
    return {
        "title": {"text": plain(title), "font": {"color": look.quiet, "size": 12}, "standoff": 8},
        "tickfont": {"color": look.quiet},
        "ticks": "",
        "gridcolor": look.rule,
        "zerolinecolor": look.baseline,
        "separatethousands": True,
        "automargin": True,
    } | own


def rows(sites: Iterable[tuple[str, str]]) -> Figure:
    """An upright axis with a row a site, from the top, under its name: two may share a name."""
    ids, names = zip(*sites, strict=True)
    labels = {"tickmode": "array", "tickvals": ids, "ticktext": [plain(name) for name in names]}
    return {"type": "category", "autorange": "reversed", "showgrid": False} | labels


def legend(title: str, look: Look) -> Figure:
    """A legend above the plot under `title`, which names what stands upright."""
    words = {"text": plain(title), "side": "top", "font": {"color": look.quiet, "size": 12}}
    return {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": words}


def scatter(
    name: str, points: Points, words: Sequence[str] = (), mode: str = "markers", **own: Any
) -> Figure:
    """Points or a line through them, with `words` of each at the pointer."""
    x, y = zip(*points, strict=True)
    told = {"hovertext": words, "hoverinfo": "text"} if words else {"hoverinfo": "skip"}
    kept = {"unselected": {"marker": {"opacity": 1}}}  # a click must not fade the points beside it
    what = {"type": "scatter", "name": plain(name), "mode": mode, "x": x, "y": y}
    return what | told | kept | own


def line(k: int, look: Look) -> Figure:
    """The stroke of the k-th line."""
    return {"color": shade(look, k), "width": 1.5, "dash": DASHES[k % len(DASHES)]}


def shade(look: Look, k: int) -> str:
    """The colour of the k-th line: ink, then quiet, in turns."""
    return look.quiet if k % 2 else look.ink


def here(points: Points, words: Sequence[str], look: Look) -> Figure:
    """The reader's own plan."""
    disc = {"size": 14, "color": look.accent, "line": {"color": look.paper, "width": 2}}
    return scatter(THIS_PLAN, points, words, marker=disc)


def plain(text: str) -> str:
    """Words as they stand: plotly would read tags in a name that a reader brought."""
    return escape(text, quote=False)


def lines(*sentences: str) -> str:
    """Words at the pointer, one sentence a line."""
    return "<br>".join(map(plain, sentences))


def colours(scale: Scale, steps: int = 33) -> list[tuple[float, str]]:
    """A scale as plotly's: positions from 0 to 1, each with its colour."""
    ramp = scale.ramp(steps).tolist()
    return [(at / (steps - 1), f"rgb({r},{g},{b})") for at, (r, g, b) in enumerate(ramp)]
