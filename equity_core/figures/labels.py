"""Labels beside markers: name and value where they fit, clear of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from equity_core.figures.projection import ENLARGED, INK, Frame, Site, points_of

GAP_POINTS = 1.0
MARKER_POINTS = 4.0
CLEARLY_NEARER = 1.5
SAME_PIXELS = 1.0
"""Markers that are no farther apart than this cannot be told from each other."""
SIDES = ((1, 0), (1, 1), (1, -1), (-1, 0), (-1, 1), (-1, -1), (0, 1), (0, -1))


@dataclass(frozen=True)
class Lettering:
    """Where labels may stand: the axes, what measures text there, and the type size in points."""

    axes: Axes
    renderer: RendererBase
    size: float

    def draw(
        self,
        sites: Sequence[Site],
        frame: Frame,
        avoid: Sequence[Bbox] = (),
        others: Sequence[Site] = (),
    ) -> None:
        """Label `sites` from east to west, so that labels, which prefer the right, find room.

        A label that finds no place shows the name alone, or nothing. Sites at one place share a
        label, since their markers hide each other.
        `avoid` are boxes, in pixels, that no label may cover; `others` are sites with a marker but
        no label.
        """
        markers = self.axes.transData.transform(points_of([*sites, *others], frame))
        drawn = zip(markers, [*sites, *others], strict=True)
        taken = [*avoid, *(self.marker_box(marker, site) for marker, site in drawn)]
        together: dict[tuple[float, float], list[Site]] = {}
        for site in sites:
            together.setdefault(_place_of(site), []).append(site)
        for number in np.argsort(-markers[: len(sites), 0], kind="stable"):
            # Those at one place come in a row, the first of them before the others.
            here = together.pop(_place_of(sites[number]), [])
            label = self._place(here, number, markers, taken) if here else None
            if label is not None:
                taken.append(label)

    def marker_box(self, marker: np.ndarray, site: Site) -> Bbox:
        """The pixels that a site's circle covers, of whatever kind it is."""
        radius = self.renderer.points_to_pixels(circle_points(site))
        return Bbox([marker - radius, marker + radius])

    def _place(
        self, here: Sequence[Site], number: int, markers: np.ndarray, taken: Sequence[Bbox]
    ) -> Bbox | None:
        """Draw the first label that fits and return its box; None when none does."""
        whole, short = (f"{site.name}\n{site.value}" for site in here), (site.name for site in here)
        for text in ("\n".join(whole), "\n".join(short)):
            for right, up in SIDES:
                label = self._write(text, markers[number], right, up, here[0])
                box = label.get_window_extent(self.renderer)
                clear = self._inside(box) and not box.count_overlaps(taken)
                if clear and _belongs(box, number, markers):
                    return box
                label.remove()
        return None

    def _inside(self, box: Bbox) -> bool:
        room = self.axes.get_window_extent(self.renderer)
        across = room.x0 <= box.x0 and box.x1 <= room.x1
        return bool(across and room.y0 <= box.y0 and box.y1 <= room.y1)

    def _write(self, text: str, marker: np.ndarray, right: int, up: int, site: Site) -> Annotation:
        where = self.axes.transData.inverted().transform(marker)
        gap = circle_points(site) + GAP_POINTS
        return self.axes.annotate(
            text,
            (float(where[0]), float(where[1])),
            xytext=(gap * right, gap * up),
            textcoords="offset points",
            ha={1: "left", 0: "center", -1: "right"}[right],
            va={1: "bottom", 0: "center", -1: "top"}[up],
            fontsize=self.size,
            linespacing=1.15,
            color=INK,
            parse_math=False,
            zorder=6,
            path_effects=[withStroke(linewidth=2.2, foreground="white", alpha=0.85)],
        )


def _place_of(site: Site) -> tuple[float, float]:
    return site.longitude, site.latitude


def circle_points(site: Site) -> float:
    """The radius of a site's circle: its marker, or the disc around it."""
    return max(MARKER_POINTS * (ENLARGED**0.5 if site.enlarged else 1.0), site.disc)


def _belongs(box: Bbox, number: int, markers: np.ndarray) -> bool:
    """Whether a reader takes the label to be that of marker `number`: all others lie well away.

    Markers at the very same place look like one, whose label it is.
    """
    corners = np.array([[box.x0, box.y0], [box.x1, box.y1]])
    apart = np.maximum(np.maximum(corners[0] - markers, markers - corners[1]), 0.0)
    distance = np.linalg.norm(apart, axis=1)
    others = distance[~(np.abs(markers - markers[number]) <= SAME_PIXELS).all(axis=1)]
    return bool((others > CLEARLY_NEARER * distance[number]).all())
