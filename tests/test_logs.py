"""One line of JSON an event; nothing that a reader typed stands there, nor what a library says."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

from equity_core import logs

SECRET = "hunter2"


@pytest.fixture
def line():
    """What a record becomes."""
    formatter = logs.JsonLines(lambda: {"session": "ab12cd34"})
    return lambda record: json.loads(formatter.format(record))


@pytest.fixture
def seen(caplog):
    caplog.set_level(logging.DEBUG, logs.LOGGER)
    return lambda: caplog.records[0]


def test_an_event_has_a_time_a_session_and_its_figures(line, seen) -> None:
    logs.note("dataset_kept", bytes=12, kind="own_file")
    told = line(seen())
    assert told.pop("time").endswith("Z")
    assert told == {
        "level": "info",
        "event": "dataset_kept",
        "bytes": 12,
        "kind": "own_file",
        "session": "ab12cd34",
    }


@pytest.mark.parametrize(
    "text", ["two words", "a/b.csv", "a@b", "?v=2&policy=cost", "x" * 101, "ä", 'quote"', "a\nb"]
)
def test_a_text_that_is_no_plain_word_is_left_out(line, seen, text) -> None:
    logs.note("event", given=text)
    assert line(seen())["given"] == logs.LEFT_OUT


def test_an_error_is_told_by_type_and_place_never_by_its_words(line, seen) -> None:
    def fails() -> None:
        try:
            int(SECRET)
        except ValueError as error:
            raise RuntimeError(f"{SECRET} in a file") from error

    with pytest.raises(RuntimeError) as caught:
        fails()
    number = logs.failure("page_failed", caught.value)
    told = line(seen())
    assert (told["error"], told["cause"], told["number"]) == ("RuntimeError", "ValueError", number)
    assert told["at"][-1].startswith("test_logs.py:")
    assert SECRET not in json.dumps(told)


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("%s opened %s", (SECRET, "a.csv")),
        (f"cannot reach postgresql://me:{SECRET}@10.0.0.1:5432/x", ()),
        (f"GET /?title={SECRET} from 10.0.0.1:80", ()),
        (f"unknown user {SECRET}@example.org", ()),
        (f"first line\n{SECRET}", ()),
    ],
)
def test_of_a_librarys_message_what_was_filled_in_is_left_out(line, message, arguments) -> None:
    record = logging.LogRecord("some.library", logging.ERROR, "x.py", 1, message, arguments, None)
    told = json.dumps(line(record))
    assert SECRET not in told
    assert "10.0.0.1" not in told


def test_all_loggers_of_a_process_write_lines_of_json_and_those_that_were_silent_stay_so() -> None:
    code = (
        "import logging, sys\n"
        "from equity_core import logs\n"
        "loud, silent = logging.getLogger('loud'), logging.getLogger('silent')\n"
        "loud.addHandler(logging.StreamHandler()); loud.propagate = silent.propagate = False\n"
        "logs.write_json_lines('warning', dict)\n"
        "loud.warning('one %s', 'secret'); loud.info('no'); silent.error('no')\n"
        "logs.note('no'); logs.note('two', logging.WARNING)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    told = [json.loads(text) for text in done.stderr.splitlines()]
    assert [event["event"] for event in told] == ["library", "two"]
    assert told[0]["message"] == "one %s"
