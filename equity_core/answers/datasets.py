"""Data sets on the command line: checking files, and listing what is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from equity_core.errors import DatasetError
from equity_core.inputs.about import read_about
from equity_core.inputs.catalogue import bundled
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.tables import shown
from equity_core.inputs.upload import DatasetProblems, UploadAnswers, read_upload
from equity_core.inputs.upload.names import distinct_names
from equity_core.inputs.upload.sheets import LARGEST_UPLOAD, refuse_size
from equity_core.store.settings import StoreSettings
from equity_core.store.store import Store


def read_answers(title: str, timezone: str, units: Sequence[str], fill_gaps: bool) -> UploadAnswers:
    """Answers from the command line, `units` as COLUMN=UNIT; raises DatasetError."""
    for text in units:
        if "=" not in text:
            raise DatasetError(
                f"--unit is {shown(text)}, but must be COLUMN=UNIT; write it as price=usd_per_mwh."
            )
    pairs = (text.partition("=") for text in units)
    named = {column.strip().lower(): unit.strip().lower() for column, _, unit in pairs}
    return UploadAnswers(title=title, timezone=timezone, units=named, fill_gaps=fill_gaps)


def check_files(paths: Sequence[Path], answers: UploadAnswers, keep: bool) -> tuple[int, str]:
    """Number of problems, and all sentences; 0 and a summary where there is none.

    Where there is none and `keep` is asked for, the data set goes into the store.
    Raises DatasetError where a file cannot be opened, StoreError where it cannot be kept.
    """
    try:
        named = dict(zip(distinct_names([path.name for path in paths]), paths, strict=True))
        refuse_size({name: path.stat().st_size for name, path in named.items()})
        dataset = read_upload({name: _content(path) for name, path in named.items()}, answers)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DatasetError(
            f"{error.filename} cannot be read: {reason}. Give the path of a CSV, Parquet or XLSX "
            "file."
        ) from error
    except DatasetProblems as error:
        return error.count, problem_list(error)
    if keep:
        Store().save_dataset(dataset)
    return 0, summary(dataset)


def _content(path: Path) -> bytes:
    """At most a byte too much: a device or a pipe may never end."""
    with path.open("rb") as file:
        return file.read(LARGEST_UPLOAD + 1)


def problem_list(error: DatasetProblems) -> str:
    """Every problem that is listed, one a line, and their number."""
    lines = [str(problem) for problem in error.problems]
    noun = "problem" if error.count == 1 else "problems"
    return "\n".join([*lines, f"{error.count:,} {noun}; nothing was taken over."])


def summary(dataset: Dataset) -> str:
    """What a data set holds, in a few lines."""
    footprints = ", ".join(f"{item.name} ({item.intensity_unit})" for item in dataset.footprints)
    lines = (
        f"{dataset.title}: no problems.",
        f"{len(dataset.site_ids)} sites, {len(dataset.gateways)} with demand: "
        f"{', '.join(dataset.site_ids[:12])}{' ...' if len(dataset.site_ids) > 12 else ''}.",
        f"{len(dataset.hours):,} hours, {dataset.hours[0]:%Y-%m-%d %H:%M} to "
        f"{dataset.hours[-1]:%Y-%m-%d %H:%M} UTC.",
        f"Footprints: {footprints}.",
        *(f"Note: {card.column}: {card.note}" for card in dataset.cards if "filled" in card.note),
        f"Id {dataset.id}.",
    )
    return "\n".join(lines)


def listing() -> str:
    """Id and title of every data set, bundled and stored, one a line; raises StoreError."""
    titles = {name: read_about(path / "dataset.json").title for name, path in bundled().items()}
    settings = StoreSettings.from_environment()
    if settings.database_url or settings.file.exists():
        titles |= {item.id: item.title for item in Store(settings).datasets()}
    return "\n".join(f"{name:<30}{title}" for name, title in titles.items())
