"""pyproject.toml, the pins made from it, and what the other files say of the same."""

import ast
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from equity_core.inputs import folders

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PINS = ("requirements.txt", "requirements-dev.txt", "constraints.txt")
HASH = re.compile(r" --hash=sha256:[0-9a-f]{64}")


def lines(name: str) -> list[str]:
    """One line a package: continuations joined, comments dropped."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
    return [re.sub(" +", " ", x) for x in text.splitlines() if not x.lstrip().startswith("#")]


def pinned(name: str) -> dict[str, Requirement]:
    """The requirements of a file of pins, by name."""
    found = [Requirement(HASH.sub("", line)) for line in lines(name)]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


@pytest.mark.parametrize("name", PINS)
def test_every_requirement_is_pinned_exactly(name: str) -> None:
    assert pinned(name)
    for requirement in pinned(name).values():
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement


@pytest.mark.parametrize("name", PINS[:2])
def test_what_is_installed_is_held_by_hashes(name: str) -> None:
    assert [line for line in lines(name) if not HASH.search(line)] == []


@pytest.mark.parametrize("name", PINS)
def test_pins_tell_no_address(name: str) -> None:
    assert not re.search(r"://|index-url|find-links| /", "\n".join(lines(name)))


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("requirements.txt", ("app", "sweep", "postgres")),
        *((name, tuple(EXTRAS)) for name in PINS[1:]),
    ],
)
def test_pins_fulfil_what_the_project_asks(name: str, extras: tuple[str, ...]) -> None:
    pins = pinned(name)
    for text in [*PROJECT["dependencies"], *(item for extra in extras for item in EXTRAS[extra])]:
        asked = Requirement(text)
        (version,) = pins[canonicalize_name(asked.name)].specifier
        assert asked.specifier.contains(version.version), f"run make pins: {text}"


def test_the_three_files_agree() -> None:
    app, dev, constraints = map(pinned, PINS)
    assert dev.keys() == constraints.keys()
    assert {name: dev[name] for name in app} == app
    assert dev == constraints


def test_the_app_installs_no_test_tools() -> None:
    tools = {canonicalize_name(Requirement(text).name) for text in EXTRAS["dev"]} - {"websockets"}
    assert not tools & pinned("requirements.txt").keys()


def test_hooks_run_what_make_check_runs() -> None:
    make = shutil.which("make")
    assert make is not None
    # The tests themselves may be run by make, whose settings are not those of this question.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        [make, "--dry-run", "-o.venv/dev.stamp", "check", "VENV=.venv", "PYTEST_ARGS="],
        cwd=ROOT,
        env=alone,
        capture_output=True,
        text=True,
        check=True,
    )
    made = [" ".join(line.split()) for line in done.stdout.splitlines()]
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [hook["entry"] for hook in config["repos"][0]["hooks"]] == made


@pytest.mark.parametrize("place", ["equity_core", "ui", "pages", "bench", "supply"])
def test_every_package_says_what_happens_there(place: str) -> None:
    for folder in {path.parent for path in (ROOT / place).rglob("*.py")}:
        door = folder / "__init__.py"
        assert door.is_file(), f"{folder.relative_to(ROOT)} has no __init__.py"
        assert ast.get_docstring(ast.parse(door.read_text(encoding="utf-8"))), door


def test_a_checkout_keeps_what_users_save_in_its_own_folder() -> None:
    assert folders.DATA == ROOT / "data"
    assert folders.kept() == ROOT


@pytest.mark.parametrize(
    ("stated", "kept"),
    [("/srv/data", "/srv/data"), ("", "/home/ann/.local/share"), ("x", "/home/ann/.local/share")],
)
def test_an_installed_package_keeps_it_with_the_user(
    stated: str, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "DATA", folders.PACKAGE / "data")
    monkeypatch.setenv("XDG_DATA_HOME", stated)
    monkeypatch.setenv("HOME", "/home/ann")
    assert folders.kept() == Path(kept) / "equity-core"
