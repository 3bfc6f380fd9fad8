"""One run of the command line, from its arguments to an exit code."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import typer

from equity_core.cli.commands import app
from equity_core.errors import (
    LONGEST_ECHO,
    EquityError,
    printable,
)
from equity_core.logs import write_warnings_on_the_way
from equity_core.settings.settings import read_settings


def main(called: str = "equity-core") -> None:
    """Run the command line, which names itself as it was `called`.

    A refusal is one sentence and an exit code, never a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a superscript 3 shows "?" and the run goes on.
            stream.reconfigure(errors="replace")
    # What an error of typer's repeats must not steer the terminal; a file may be called anything.
    given = [x if os.path.exists(x) else printable(x) for x in sys.argv[1:]]  # noqa: PTH110
    given = [x[:LONGEST_ECHO] if at == 0 or _is_option(x) else x for at, x in enumerate(given)]
    write_warnings_on_the_way()
    try:
        read_settings()  # what is wrong there is said before anything is worked on
        app(given, prog_name=called)
    except EquityError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)


def _is_option(argument: str) -> bool:
    """Whether it is the name of an option, which typer repeats as a whole where it is unknown."""
    return argument.startswith("--") and "=" not in argument
