"""What happened, for whoever runs the server: one line of JSON an event, and nothing of anybody.

An event has a name and fields: numbers, and words of our own. No sentence, address, title, name of
a file, id or key of anything kept stands in a line: what a field may hold is checked when it is
written. Of an error its type and its places in the code are told, never its words, which may
repeat what somebody typed. docs/OPERATE.md lists the events.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

LOGGER = "equity_explorer"
LEFT_OUT = "(left out)"
MOST_PLACES = 12

Field = int | float | str

_WORD = re.compile(r"[\w.:<>+-]{0,100}", re.ASCII)
_ADDRESSES = re.compile(r"//[^/\s]*@|\d+(?:\.\d+){3}(?::\d+)?|\?[^\s\"']+|\S+@\S+")
"""What a library's own message may not repeat: passwords, machines, queries, people."""


def note(event: str, level: int = logging.INFO, /, **fields: Field) -> None:
    """Write down that `event` happened; a text that is no plain word is left out."""
    logging.getLogger(LOGGER).log(level, event, extra={"told": fields})


def failure(event: str, error: BaseException | None = None, /, **fields: Field) -> str:
    """Write down that something failed; returns the number under which the line is found."""
    number = secrets.token_hex(4)
    found: dict[str, Field] = {"number": number, **fields}
    logging.getLogger(LOGGER).error(event, extra={"told": found}, exc_info=error)
    return number


class JsonLines(logging.Formatter):
    """A record as one line of JSON. `who` gives the number of the session or request it is in."""

    def __init__(self, who: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        self._who = who

    def format(self, record: logging.LogRecord) -> str:
        """As `logging.Formatter` has it."""
        moment = datetime.fromtimestamp(record.created, UTC)
        head = {"time": f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"}
        head["level"] = record.levelname.lower()
        told = _ours(record) if record.name == LOGGER else _of_a_library(record)
        error = record.exc_info[1] if record.exc_info else None
        return json.dumps({**head, **told, **self._who(), **_places(error)})


def write_json_lines(level: str, who: Callable[[], Mapping[str, str]]) -> logging.Handler:
    """From now on all loggers of this process write to standard error, in lines of JSON.

    Ours from `level` on; those of libraries from warnings on, and not those that were silent.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(lambda record: record.name == LOGGER or record.levelno >= logging.WARNING)
    handler.setFormatter(JsonLines(who))
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level.upper())
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.propagate = logger.propagate or bool(logger.handlers)
        logger.handlers[:] = [logging.NullHandler()]
    return handler


def write_warnings_on_the_way() -> None:
    """The same for a command, which has no log: what went wrong, beside its answer."""
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(JsonLines(dict))


def _ours(record: logging.LogRecord) -> dict[str, Field]:
    told: Mapping[str, Field] = getattr(record, "told", {})
    return {"event": record.getMessage(), **{name: _plain(told[name]) for name in told}}


def _plain(value: Field) -> Field:
    return LEFT_OUT if isinstance(value, str) and not _WORD.fullmatch(value) else value


def _of_a_library(record: logging.LogRecord) -> dict[str, Field]:
    """Its message before anything was filled in."""
    words = _ADDRESSES.sub(LEFT_OUT, str(record.msg).partition("\n")[0])
    return {"event": "library", "logger": record.name, "message": words[:200]}


def _places(error: BaseException | None) -> dict[str, object]:
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)[-MOST_PLACES:]
    places = [f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames]
    told: dict[str, object] = {"error": type(error).__name__, "at": places}
    cause = error.__cause__ or error.__context__
    return told | ({"cause": type(cause).__name__} if cause else {})
