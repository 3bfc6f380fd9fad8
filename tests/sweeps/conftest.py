"""Sweeps of the paper's data, answered in this process: what any cluster must give as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity_core.sweeps.answering import answer_part
from equity_core.sweeps.reading import read_sweep
from equity_core.sweeps.run import Run


@pytest.fixture
def written(tmp_path):
    """Writes a sweep's file and names its place."""

    def write(text: str, name: str = "sweep.toml") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.fixture
def serial(tmp_path):
    """Answers a sweep one part after the other; returns its folder."""

    def run(file: Path) -> Path:
        one = Run.of(read_sweep(file), tmp_path / "serial")
        answers = ((part, answer_part(part, one.datasets), True) for part in one.parts)
        one.take(answers, lambda count: None)
        one.write()
        return one.folder

    return run
