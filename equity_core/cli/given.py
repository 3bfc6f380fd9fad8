"""What commands have in common: the scenario they are given, and how they answer."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from equity_core.errors import (
    EquityError,
    InfeasibleError,
    ScenarioError,
    printable,
    shown,
)
from equity_core.scenario.file_text import LONGEST_FILE
from equity_core.scenario.link import from_json, from_query, with_settings
from equity_core.scenario.scenario import Scenario

if TYPE_CHECKING:
    from equity_core.inputs.dataset import Dataset

ScenarioFile = Annotated[
    Path | None, typer.Argument(metavar="scenario.json", help="A saved scenario.")
]
Link = Annotated[str | None, typer.Option("--link", help="A link copied from the page.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help="Change one field, such as reach=partial or factors.texas.water=1.5; may repeat.",
    ),
]


def web_address(text: str) -> str:
    """An address that a link may lead to; raises `ScenarioError` for any other."""
    if not re.fullmatch(r"https?://[^\s<>\"']+", text):
        raise ScenarioError(
            "address",
            f"--address is {shown(text)}, but links can lead only to an address of the web, such "
            "as https://equity.example.org/.",
        )
    return text


Address = Annotated[
    str,
    typer.Option(metavar="URL", callback=web_address, help="Where the links of a page lead."),
]
Folder = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write files there.")]


@contextmanager
def told_where_infeasible(scenario: Scenario, dataset: Dataset, as_json: bool) -> Iterator[None]:
    """Where no plan exists, --json has an object that says so, too; the error goes on."""
    try:
        yield
    except InfeasibleError as error:
        if as_json:
            from equity_core import answers  # noqa: PLC0415  as in solve

            say(answers.infeasible_json(scenario, dataset, error))
        raise


def read_scenario(file: Path | None, link: str | None, settings: list[str]) -> Scenario:
    """The scenario of a file, a link or neither (the default), with settings on top.

    Raises `ScenarioError` for whatever cannot be read.
    """
    if file is not None and link is not None:
        raise ScenarioError(
            "link",
            "Both a scenario file and --link are given; give one of them and --set the rest.",
        )
    base = Scenario() if file is None else _read_file(file)
    return with_settings(base if link is None else from_query(link), settings)


def open_dataset(name: str, settings: list[str]) -> Dataset:
    """The data set of a scenario: a folder only where --set names it, as files come from anybody.

    Raises `DatasetError`.
    """
    from equity_core import answers  # noqa: PLC0415  as in solve

    set_here = any(text.partition("=")[0].strip() == "dataset" for text in settings)
    return answers.load_dataset(name) if set_here else answers.open_named_dataset(name)


def _read_file(file: Path) -> Scenario:
    try:
        with file.open("rb") as content:
            return from_json(content.read(4 * LONGEST_FILE + 1).decode("utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ScenarioError(
            "scenario.json",
            f"{shown(str(file))} cannot be read: {reason}; give the path of a saved scenario.",
        ) from error
    except UnicodeDecodeError as error:
        raise ScenarioError(
            "scenario.json",
            f"{shown(str(file))} is not a text file in UTF-8; give a saved scenario.",
        ) from error


def say(text: str, nl: bool = True) -> None:
    """Print at once; raises EquityError where that cannot be, as on a full disk."""
    try:
        typer.echo(printable(text), nl=nl)
    except OSError as error:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115  nothing more to be lost at the end
        raise EquityError(
            f"The answer could not be printed: {(error.strerror or str(error)).lower()}. "
            "Print it where there is room, or write files with --out."
        ) from error
