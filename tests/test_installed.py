"""The wheel in an empty environment elsewhere: it brings the command, and its data with it."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from equity_core import Scenario, __version__, load_dataset, solve
from equity_core.inputs.folders import DATA

ROOT = Path(__file__).resolve().parents[1]
MOST_BYTES = 4_000_000

pytestmark = pytest.mark.slow


def pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", *map(str, arguments), "--quiet", "--no-deps"]
    subprocess.run(command, check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ROOT, "--no-build-isolation", "--wheel-dir", folder)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel, and our libraries but not our checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=False)
    there = sysconfig.get_path("purelib", vars={"base": str(folder)})
    pip("--python", folder / "bin" / "python", "install", "--no-index", wheel)
    # Only now: the libraries may stand beside an installed equity_core of another state.
    (Path(there) / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin"


def said(program: Path, *arguments: str) -> str:
    """What it prints, run in its own folder, with nothing of this checkout in its environment."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [program, *arguments],
        cwd=program.parent,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_command_solves_the_papers_case(programs: Path) -> None:
    told = json.loads(said(programs / "equity-core", "solve", "--json"))
    here = solve(Scenario(), load_dataset("paper-2022"))
    assert told["objective"] == pytest.approx(here.objective, rel=2e-9)
    assert told["cost_usd"] == pytest.approx(here.cost_usd, rel=1e-6)
    assert told["gap"] <= 1e-9


def test_it_runs_from_where_it_was_installed(programs: Path) -> None:
    code = (
        "from equity_core.inputs import folders; from equity_core.settings.settings import *;"
        "print(folders.PACKAGE, folders.DATA, StoreSettings.from_environment().file, sep='\\n')"
    )
    package, data, store = map(Path, said(programs / "python", "-c", code).splitlines())
    assert package.is_relative_to(programs.parent.resolve())
    assert data == package / "data"
    assert not store.is_relative_to(programs.parent.resolve())


def test_it_has_every_bundled_data_set(programs: Path) -> None:
    listed = said(programs / "equity-core", "datasets")
    for about in DATA.glob("*/dataset.json"):
        assert about.parent.name in listed


def test_it_answers_a_sweep(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "sweep.csv").write_text("reach\nfull\npartial\n", encoding="utf-8")
    asked = (tmp_path / "sweep.csv", "--out", tmp_path / "out", "--workers", "1")
    told = said(programs / "equity-core", "sweep", *map(str, asked))
    assert "sweep: 2 questions, 2 answered." in told
    assert (tmp_path / "out" / "sweep.parquet").is_file()


def test_help_names_the_command_as_it_was_called(programs: Path) -> None:
    assert "Usage: equity-core " in said(programs / "equity-core", "--help")
    assert "Usage: python -m equity_core " in said(
        programs / "python", "-m", "equity_core", "--help"
    )


def test_the_wheel_holds_the_package_and_its_data_alone(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST_BYTES
    with zipfile.ZipFile(wheel) as content:
        names = {name for name in content.namelist() if ".dist-info/" not in name}
    data = {f"equity_core/data/{path.relative_to(DATA)}" for path in DATA.rglob("*.*")}
    licences = {f"equity_core/data/{path.relative_to(DATA)}" for path in DATA.rglob("LICENCE*")}
    assert {name for name in data | licences if not name.endswith((".py", ".pyc"))} <= names
    assert "equity_core/py.typed" in names
    assert {name.split("/")[0] for name in names} == {"equity_core"}
    assert not [name for name in names if name.startswith("equity_core/data/") and "py" in name]
    assert __version__ in wheel.name
