"""What is drawn: a question that workers and the page share, and its parts. No streamlit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from equity_core import Scenario
from equity_core.robustness.bands import points_of, ranges_of_points
from equity_core.robustness.matters import Candidate
from equity_core.robustness.ranges import Ranges

SITE_HOURS = 36_000
"""Sites times hours times draws of a part: a tenth of a second, after which others have a turn."""

MOST_OF_A_PART = 16

FIRST_PART = 2
"""The expected figures and one draw: whoever looks sees something as soon as anything is known."""

Part = tuple[Scenario, Ranges, int, int]


@dataclass(frozen=True)
class Sample:
    """A scenario, and how far its figures may be off."""

    scenario: Scenario
    ranges: Ranges

    def beside(self, site_hours: int) -> dict[float, Sample]:
        """What is drawn for the band of its frontier, by scale of both weights."""
        fewer = ranges_of_points(self.ranges, site_hours)
        return {scale: Sample(point, fewer) for scale, point in points_of(self.scenario).items()}

    def parts(self, site_hours: int) -> Iterator[Part]:
        """The draws from one to before another, the expected figures as number 0."""
        step = max(1, min(MOST_OF_A_PART, SITE_HOURS // max(1, site_hours)))
        records = 1 + self.ranges.draws
        starts = [0, *range(min(step, FIRST_PART), records, step)]
        for first, last in pairwise([*starts, records]):
            yield self.scenario, self.ranges, first, last


@dataclass(frozen=True)
class Alone:
    """A scenario, and figures each of which is off by itself."""

    scenario: Scenario
    candidates: tuple[Candidate, ...]
