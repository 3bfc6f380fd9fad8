"""One object of settings: documented, bounded, frozen, and silent about secrets."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from equity_core.errors import SettingError
from equity_core.settings.kinds import Number
from equity_core.settings.rows import MARK, SETTINGS
from equity_core.settings.settings import Settings, documented, read_settings

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "postgresql://somebody:hunter2@private-host:5432/ledger"
SECRETS = ("somebody", "hunter2", "private-host", "ledger")


def test_the_table_of_the_documentation_is_that_of_the_object() -> None:
    assert documented() in (ROOT / "docs" / "OPERATE.md").read_text(encoding="utf-8")
    assert [row.field for row in SETTINGS] == [field.name for field in fields(Settings)]


def test_each_has_a_default_that_holds_and_none_can_be_changed_later() -> None:
    given = read_settings({})
    assert given.sessions == 500
    assert given.frame_ancestors == ()
    with pytest.raises(FrozenInstanceError):
        given.sessions = 1  # type: ignore[misc]


@pytest.mark.parametrize("row", [x for x in SETTINGS if isinstance(x.kind, Number)], ids=str)
def test_a_number_beyond_its_bounds_is_a_sentence_that_names_all(row) -> None:
    for text in (str(row.kind.lowest - 1), str(row.kind.highest + 1), "many", "1.5", "²"):
        with pytest.raises(SettingError) as told:
            read_settings({row.name: text})
        sentence = str(told.value)
        assert sentence.startswith(f"{row.name} is {text!r}, but must be a whole number from ")
        assert f"{row.kind.lowest:,} to {row.kind.highest:,}" in sentence
        assert sentence.endswith(f"the default is {row.default}.")
    for bound in (row.kind.lowest, row.kind.highest):
        assert getattr(read_settings({row.name: f" {bound} "}), row.field) == bound


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("EQUITY_LOG_LEVEL", "loud"),
        ("EQUITY_SCHEDULER", "http://x"),
        ("EQUITY_STORE_FILE", "a\0b"),
        ("EQUITY_FRAME_ANCESTORS", "a; script-src *"),
        ("EQUITY_FRAME_ANCESTORS", "'unsafe-inline'"),
        ("EQUITY_FRAME_ANCESTORS", "javascript:x"),
        ("EQUITY_FRAME_ANCESTORS", "a\r\nb:c/"),
    ],
)
def test_text_of_another_form_is_refused(name: str, text: str) -> None:
    with pytest.raises(SettingError, match=f"{name} is .*, but must be .*Correct the env") as told:
        read_settings({name: text})
    assert str(told.value).isprintable()


def test_hosts_that_may_embed_are_read_one_by_one() -> None:
    given = read_settings({"EQUITY_FRAME_ANCESTORS": "https://www.example.org  *.example.org:8443"})
    assert given.frame_ancestors == ("https://www.example.org", "*.example.org:8443")
    assert read_settings({"EQUITY_FRAME_ANCESTORS": "*"}).frame_ancestors == ("*",)


def test_all_that_is_wrong_is_said_at_once_and_no_stranger_is_passed_over() -> None:
    wrong = {
        "EQUITY_SESIONS": "5",
        "EQUITY_XYZZY": "hunter2",
        "EQUITY_UPLOAD_MB": "51",
        "PATH": "x",
    }
    with pytest.raises(SettingError) as told:
        read_settings(wrong)
    first, second, third = str(told.value).split("\n")
    assert "no setting 'EQUITY_SESIONS' (did you mean EQUITY_SESSIONS?)" in first
    assert "no setting 'EQUITY_XYZZY'. Correct" in second
    assert "EQUITY_UPLOAD_MB is '51'" in third
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS.replace("postgresql", "mysql"), "hunter2"])
def test_a_secret_is_never_shown(address: str) -> None:
    try:
        said = repr(read_settings({"DATABASE_URL": address}))
    except SettingError as error:
        said = str(error)
    assert not [secret for secret in SECRETS if secret in said]


@pytest.mark.parametrize("start", [["-m", "equity_core", "datasets"], ["serve.py"]])
def test_every_way_to_start_refuses_a_wrong_setting_in_a_sentence(start: list[str]) -> None:
    wrong = {f"{MARK}STORE_FIEL": "x", "DATABASE_URL": ADDRESS.replace("postgresql", "mysql")}
    done = subprocess.run(
        [sys.executable, *start],
        cwd=ROOT,
        env=os.environ | wrong,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in {1, 2}
    first, second = done.stderr.strip().split("\n")
    assert "(did you mean EQUITY_STORE_FILE?)" in first
    assert second.startswith("DATABASE_URL cannot be used: it must be an address as postgresql://")
    assert not [secret for secret in SECRETS if secret in done.stderr + done.stdout]
