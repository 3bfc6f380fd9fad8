"""What the program is made of can be told: licences, a bill of materials, one wheel for all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from supply import audit, licences
from tests.scratch import ROOT, scratch_copy

PACKAGED = ("pyproject.toml", "README.md", "LICENSE")


def test_the_licence_of_each_installed_package_is_listed() -> None:
    listed = licences.TABLE.read_text(encoding="utf-8").partition("|---|---|---|\n")[2].splitlines()
    assert listed == [licences.row(pin) for pin in licences.pins()], "run make licences"


def test_no_licence_asks_for_more_than_its_own_code() -> None:
    """MPL and LGPL do for their own files; GPL and AGPL would for all of it."""
    for pin in licences.pins():
        told = licences.row(pin).split(" | ")[-1]
        assert told.strip(" |"), f"{pin.name} states no licence"
        assert "GPL" not in told.replace("LGPL", ""), told


@pytest.mark.slow
def test_the_bill_of_materials_names_each_package_with_its_hashes(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    made = ["make", "-o", f"{ROOT}/.venv/dev.stamp", "sbom", f"VENV={ROOT}/.venv"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    subprocess.run(made, cwd=tmp_path, env=alone, check=True, stdout=subprocess.DEVNULL)
    bill = json.loads((tmp_path / "build" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    held = {part["name"]: part for part in bill["components"]}
    for pin in licences.pins():
        (version,) = pin.specifier
        assert held[pin.name]["version"] == version.version
        assert held[pin.name]["externalReferences"][0]["hashes"][0]["alg"] == "SHA-256"


FLAW = {"id": "PYSEC-1", "fix_versions": ["2.0"], "aliases": [], "description": "x"}
SOUND = {"name": "b", "version": "1", "vulns": []}


@pytest.mark.parametrize(
    ("packages", "status", "words"),
    [
        ([SOUND], audit.HELD, "1 packages audited; nothing is known"),
        ([SOUND | {"vulns": [FLAW]}], audit.KNOWN, "b 1: PYSEC-1, mended in 2.0"),
        ([SOUND, {"name": "c", "skip_reason": "x"}], audit.NOT_AUDITED, "1 of 2 packages were not"),
        (None, audit.NOT_AUDITED, "no index answers from here"),
    ],
)
def test_an_audit_that_could_not_ask_does_not_pass(packages, status, words) -> None:
    report = "" if packages is None else json.dumps({"dependencies": packages, "fixes": []})
    found, lines = audit.told(report)
    assert (found, len(lines)) == (status, 1)
    assert words in lines[0]


@pytest.mark.slow
def test_a_wheel_has_the_same_bytes_wherever_and_whenever_it_is_built(tmp_path: Path) -> None:
    wheels = []
    for name, umask, moment in (("one", 0o022, 1_000_000_000), ("two", 0o077, 1_700_000_000)):
        (tmp_path / name).mkdir()
        copy = scratch_copy(tmp_path / name)
        for packaged in PACKAGED:
            (copy / packaged).write_bytes((ROOT / packaged).read_bytes())
        for path in copy.rglob("*"):
            path.chmod(0o755 & ~umask if path.is_dir() else 0o644 & ~umask)
            os.utime(path, (moment, moment))
        pip = [sys.executable, "-m", "pip", "wheel", copy, "--no-deps", "--no-build-isolation"]
        epoch = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
        built = tmp_path / name / "built"
        subprocess.run([*pip, "-q", "-w", built], env=epoch, umask=umask, check=True)
        wheels.append(next(built.iterdir()).read_bytes())
    assert wheels[0] == wheels[1]
