"""What is to be played hour by hour: a question that workers and the page share. No streamlit."""

from __future__ import annotations

from dataclasses import dataclass

from equity_core import Scenario
from ui.jobs.uploads import Brought


@dataclass(frozen=True)
class Play:
    """A scenario, how it is played, and the reader's own forecast where that is the one."""

    scenario: Scenario
    method: str
    forecast: str
    error: float
    trust: float
    own: Brought | None = None
