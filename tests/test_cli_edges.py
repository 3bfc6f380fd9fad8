"""The command line at its edges: nowhere to print to, nowhere to write to, hostile words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from equity_core.errors import LONGEST_ECHO, DatasetError, EquityError, shown
from equity_core.inputs.tables import shown as cell
from equity_core.scenario.link import from_json, from_query, with_settings
from equity_core.scenario.scenario import Scenario
from tests.test_cli import ROOT, run

HOSTILE = {
    "colours": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "line": "one\rtwo\x00",
    "backwards": "\u202egnp.exe\u2066",
    "long": "x" * 20_000,
    "surrogate": "a\udcff",
    "unseen": "a\u200b\u00ad",
}
FULL = Path("/dev/full")
LONGEST_SENTENCE = 1_000
"""Room for the lists of what is known; 20,000 characters do not fit."""


def harmless(sentence):
    assert all(letter.isprintable() or letter == "\n" for letter in sentence), ascii(sentence)
    assert len(sentence) <= LONGEST_SENTENCE, len(sentence)


def refusals(text):
    """Each way in, and what comes back from it for `text`."""
    yield lambda: from_query({"policy": text})
    yield lambda: from_query({text: "1"})
    yield lambda: from_query({f"{text}.water": "1"})
    yield lambda: from_query({f"texas.{text}": "1"})
    yield lambda: from_query({f"further.{text}.weight": "x"})
    yield lambda: from_query({"v": text})
    yield lambda: from_query(f"https://[{text}/?policy=cost")
    yield lambda: with_settings(Scenario(), [f"policy={text}"])
    yield lambda: with_settings(Scenario(), [f"start={text}"])
    yield lambda: with_settings(Scenario(), [text])
    yield lambda: Scenario(dataset=text)
    yield lambda: Scenario(**{text: 1})
    for fields in ({text: 1}, {"policy": text}, {"water_weight": [text]}, {"factors": {text: text}},
                   {"factors": {"texas": {text: 1}}}, {"factors": {"texas": {"water": text}}},
                   {"further": {text: {"weight": 1}}}, {"v": text}, [text]):  # fmt: skip
        yield lambda fields=fields: from_json(json.dumps(fields))
    yield lambda: from_json(f'{{"{text}')


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_way_into_a_scenario_repeats_what_harms(text):
    for refusal in refusals(text):
        with pytest.raises(EquityError) as told:
            refusal()
        harmless(str(told.value))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_command_repeats_what_harms(text, tmp_path):
    commands = [
        ["solve", text],
        ["solve", "--set", text],
        ["solve", "--set", f"dataset={text}"],
        ["solve", "--link", text],
        ["verify", text],
        ["check", text],
        ["check", "a.csv", "--unit", text],
        ["frontier", "--set", f"policy={text}"],
        ["solve", "--set", "policy=cost", "--out", str(tmp_path / "file" / text)],
        ["solve", f"--{text}"],
        [text],
    ]
    (tmp_path / "file").touch()
    for command in commands:
        if any("\x00" in word for word in command):  # no system passes it on
            continue
        done = run(*command)
        assert done.returncode == 2, command
        assert all(letter.isprintable() or letter == "\n" for letter in done.stderr), command
        assert "Traceback" not in done.stderr
        assert len(done.stderr) < 1000, command


def test_every_helper_cuts_and_escapes():
    for text in HOSTILE.values():
        for said in (shown(text), shown([text]), cell(text), str(DatasetError(f"{text[:99]}"))):
            assert said.isprintable()
            assert len(said) <= max(LONGEST_ECHO, 6 * 99)
    assert shown("policy") == "'policy'"
    assert shown(0.5) == "0.5"
    assert cell("policy") == "policy"
    assert shown("東京") == "'東京'"


def apart(*arguments, **streams):
    command = [sys.executable, "-m", "equity_core", *arguments]
    return subprocess.run(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False, **streams
    )


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_behind_the_standard_output_is_a_sentence():
    with FULL.open("w") as full:
        done = apart("datasets", stdout=full)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "could not be printed: no space left on device" in done.stderr


def test_a_pipe_that_nobody_reads_is_a_sentence():
    reading, writing = os.pipe()
    os.close(reading)
    done = apart("datasets", stdout=writing)
    os.close(writing)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "broken pipe" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes of POSIX")
def test_what_is_no_file_is_not_replaced_by_one(tmp_path):
    place = tmp_path / "pipe"
    os.mkfifo(place)
    done = run("solve", "--set", "policy=cost", "--out", place)
    assert done.returncode == 2
    assert place.is_fifo()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_our_letters_still_gets_an_answer(encoding):
    command = [sys.executable, "-m", "equity_core", "solve", "--set", "policy=cost"]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"Energy cost" in done.stdout


def test_links_lead_to_addresses_of_the_web_alone():
    done = run("compare", "--link", "?v=2", "--address", "javascript:alert(1)")
    assert done.returncode == 2
    assert "--address is 'javascript:alert(1)'" in done.stderr
