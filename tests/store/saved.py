"""A data set of somebody's own, and a clock that tests move."""

from __future__ import annotations

import numpy as np

from equity_core.inputs.dataset import Dataset
from equity_core.inputs.upload import UploadAnswers
from equity_core.inputs.upload.pipeline import read_here as read_upload
from equity_core.inputs.upload.template import template_csv


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += days * 86_400


def own(title: str = "Mine") -> Dataset:
    return read_upload({"t.csv": template_csv()}, UploadAnswers(title=title))


def equal(one: Dataset, other: Dataset) -> bool:
    arrays = ("price", "intensity", "demand", "partial_reach", "latency_ms", "home")
    texts = ("id", "version", "title", "cards", "footprints", "gateways", "weaknesses")
    return (
        all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)
        and all(getattr(one, name) == getattr(other, name) for name in texts)
        and one.sites.equals(other.sites)
        and one.hours.equals(other.hours)
    )
