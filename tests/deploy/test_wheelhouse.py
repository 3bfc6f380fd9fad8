"""An installation without an index takes what the wheelhouse holds, and nothing else."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheelhouse(tmp_path_factory) -> Path:
    """One wheel, of this program itself: no index is needed to make it."""
    folder = tmp_path_factory.mktemp("wheelhouse")
    command = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--quiet"]
    subprocess.run([*command, "--no-build-isolation", "--wheel-dir", str(folder)], check=True)
    return folder


def install(wheelhouse: Path, digest: str, target: Path) -> subprocess.CompletedProcess[str]:
    """As docs/DEPLOY.md has it, of the one wheel that is there."""
    pins = target.with_suffix(".txt")
    (wheel,) = wheelhouse.iterdir()
    version = wheel.name.split("-")[1]
    pins.write_text(f"equity-explorer=={version} --hash=sha256:{digest}\n", encoding="utf-8")
    asked = ["--no-index", "--find-links", str(wheelhouse), "--require-hashes", "--no-deps"]
    command = [sys.executable, "-m", "pip", "install", *asked, "-r", str(pins)]
    return subprocess.run(
        [*command, "--target", str(target)], capture_output=True, text=True, check=False
    )


def test_it_installs_without_an_index_and_only_what_the_hashes_say(wheelhouse, tmp_path):
    (wheel,) = wheelhouse.iterdir()
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    done = install(wheelhouse, right, tmp_path / "right")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "right" / "equity_core" / "__init__.py").exists()
    refused = install(wheelhouse, "0" * 64, tmp_path / "wrong")
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    assert not (tmp_path / "wrong").exists()


def test_the_target_takes_what_the_image_takes_and_wheels_alone():
    command = ["make", "--dry-run", "--always-make", "wheelhouse"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    fetched = next(line for line in done.stdout.splitlines() if "pip download" in line)
    for part in ("--require-hashes", "--only-binary :all:", "-r requirements.txt"):
        assert part in fetched
