"""One run of the command line, from its arguments to an exit code."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import typer
from pydantic import ValidationError
from typer.exceptions import Abort, TyperException

from equity_core.cli.commands import app
from equity_core.errors import (
    LONGEST_ECHO,
    EquityError,
    printable,
    shown,
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
        code = app(given, prog_name=called, standalone_mode=False)
    except EquityError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except TyperException as error:
        typer.echo(_refusal(error, called) if given else error.format_message(), err=True)
        sys.exit(EquityError.exit_code)
    except Abort:
        sys.exit("Stopped.")
    sys.exit(code)


def _refusal(error: TyperException, called: str) -> str:
    """What is wrong with the arguments, in one sentence; typer says no value and needs three."""
    wrong, option = error.__cause__, getattr(error, "param", None)
    if isinstance(wrong, ValidationError) and option is not None:
        found = wrong.errors()[0]
        must = found["msg"].partition(",")[0].replace("Input should be", "it must be").lower()
        return f"{option.opts[0]} is {shown(found['input'])}: {must}; change it."
    context = getattr(error, "ctx", None)
    command = called if context is None else context.command_path
    return f"{error.format_message().rstrip('.')}; what there is, {command} --help tells."


def _is_option(argument: str) -> bool:
    """Whether it is the name of an option, which typer repeats as a whole where it is unknown."""
    return argument.startswith("--") and "=" not in argument
