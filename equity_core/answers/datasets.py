"""Data sets on the command line: checking files, and listing what is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from equity_core.answers.understood import understood
from equity_core.errors import DatasetError
from equity_core.inputs.bundled.about import read_about
from equity_core.inputs.catalogue import bundled
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.tables import shown
from equity_core.inputs.upload import DatasetProblems, UploadAnswers, read_noted
from equity_core.inputs.upload.columns.schema import column_key, unit_key
from equity_core.inputs.upload.formats.sheets import LARGEST_UPLOAD, refuse_size
from equity_core.inputs.upload.names import distinct_names
from equity_core.inputs.upload.pipeline import Upload
from equity_core.online.replay import KNOWN_FORECASTS
from equity_core.settings.settings import StoreSettings
from equity_core.store.store import Store

UNCONFIRMED = "Nothing was kept. Add --yes to keep what was read as described."


def read_answers(
    title: str, timezone: str, units: Sequence[str], rates: Sequence[str], fill_gaps: bool
) -> UploadAnswers:
    """Answers from the command line, `units` as COLUMN=UNIT and `rates` as CURRENCY=USD; raises
    DatasetError."""
    return UploadAnswers(
        title=title,
        timezone=timezone,
        units={
            column_key(column): unit_key(unit)
            for column, unit in _pairs("--unit", "COLUMN=UNIT", "price=usd_per_mwh", units)
        },
        fill_gaps=fill_gaps,
        rates={
            currency.upper(): _rate(number)
            for currency, number in _pairs("--rate", "CURRENCY=USD", "EUR=1.08", rates)
        },
    )


def _pairs(option: str, form: str, example: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise DatasetError(
                f"{option} is {shown(text)}, but must be {form}; write it as {example}."
            )
        yield name.strip(), value.strip()


def _rate(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise DatasetError(
            f"--rate has the number {shown(text)}, but must say what one unit of the currency is "
            "worth in USD; write it as EUR=1.08."
        ) from error


def check_files(
    paths: Sequence[Path], answers: UploadAnswers, keep: bool, confirmed: bool = False
) -> tuple[int, str]:
    """Number of problems, and all sentences; 0 and a summary where there is none.

    Where there is none and `keep` is asked for, the data set goes into the store. What was done
    with exports of publishers must be `confirmed` for that, else it counts as problems.
    Raises DatasetError where a file cannot be opened, StoreError where it cannot be kept.
    """
    try:
        read = read_paths(paths, answers)
    except DatasetProblems as error:
        return error.count, problem_list(error)
    if keep and read.changes and not confirmed:
        return len(read.changes), "\n".join([*read.changes, UNCONFIRMED])
    if keep:
        Store().save_dataset(read.dataset)
    return 0, summary(read.dataset, (*read.changes, *read.notes))


def read_paths(paths: Sequence[Path], answers: UploadAnswers) -> Upload:
    """What the files at `paths` say; raises DatasetError, DatasetProblems for what is wrong."""
    try:
        named = dict(zip(distinct_names([path.name for path in paths]), paths, strict=True))
        refuse_size({name: path.stat().st_size for name, path in named.items()})
        return read_noted({name: _content(path) for name, path in named.items()}, answers)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DatasetError(
            f"{shown(error.filename)} cannot be read: {reason}. "
            "Give the path of a CSV, Parquet or XLSX file."
        ) from error


def forecast_of(name: str) -> str | Dataset:
    """A known forecast's name as it is, or what the file of that name says.

    Raises `DatasetError` and `DatasetProblems` like any upload.
    """
    if name in KNOWN_FORECASTS or not _exists(name):
        return name
    if not Path(name).is_file():
        raise DatasetError(
            f"{shown(name)} is a folder or a device; give the path of a CSV, Parquet or XLSX file, "
            "or the name of a forecast."
        )
    return read_paths([Path(name)], UploadAnswers()).dataset


def _exists(name: str) -> bool:
    """No name that is too long or leads in a circle belongs to a file."""
    try:
        return Path(name).exists()
    except OSError:
        return False


def _content(path: Path) -> bytes:
    """At most a byte too much: a device or a pipe may never end."""
    with path.open("rb") as file:
        return file.read(LARGEST_UPLOAD + 1)


def problem_list(error: DatasetProblems) -> str:
    """Every problem that is listed, one a line, and their number."""
    lines = [str(problem) for problem in error.problems]
    return "\n".join([*lines, f"{counted(error.count, 'problem')}; nothing was taken over."])


def summary(dataset: Dataset, notes: Sequence[str] = ()) -> str:
    """What a data set holds and how it was read, a line each; `notes` are those of its reading."""
    sites = dataset.site_ids
    lines = (
        f"{dataset.title}: no problems.",
        f"{counted(len(sites), 'site')}, {len(dataset.gateways)} with demand: "
        f"{', '.join(sites[:12])}{' ...' if len(sites) > 12 else ''}.",
        f"{counted(len(dataset.hours), 'hour')}, {dataset.hours[0]:%Y-%m-%d %H:%M} to "
        f"{dataset.hours[-1]:%Y-%m-%d %H:%M} UTC.",
        *understood(dataset),
        *(f"Note: {note}" for note in notes),
        *(f"Note: {card.column}: {card.note}" for card in dataset.cards if _done(card.note)),
        f"Id {dataset.id}.",
    )
    return "\n".join(lines)


def _done(note: str) -> bool:
    """Whether the note of a source card says what the reader did."""
    return "filled" in note or "Converted from" in note


def listing() -> str:
    """Id and title of every data set, bundled and stored, one a line; raises StoreError."""
    titles = {name: read_about(path / "dataset.json").title for name, path in bundled().items()}
    settings = StoreSettings.from_environment()
    if settings.database_url or settings.file.exists():
        titles |= {item.id: item.title for item in Store(settings).datasets()}
    return "\n".join(f"{name:<30}{title}" for name, title in titles.items())
