"""Dockerfile, Makefile, README and .ci/run stay one: test machines may lack a container engine."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, argument), comments dropped and lines joined."""
    joined = re.sub(r"\\\n\s*", "", text("Dockerfile"))
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def one(steps: list[tuple[str, str]], instruction: str) -> str:
    found = [argument for name, argument in steps if name == instruction]
    assert len(found) == 1, f"{instruction} stands {len(found)} times in the Dockerfile"
    return found[0]


def make_app_commands(**variables: str) -> list[str]:
    """What `make app` would run on a clean machine."""
    make = shutil.which("make")
    assert make is not None
    settings = [f"{name}={value}" for name, value in variables.items()]
    command = [make, "--dry-run", "--always-make", "app", *settings]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_container_serves_as_make_app_does(steps: list[tuple[str, str]]) -> None:
    served = [line for line in make_app_commands(HOST="0.0.0.0") if "streamlit run" in line]
    assert len(served) == 1
    made = shlex.split(served[0])
    assert made[0] == ".venv/bin/python"
    assert json.loads(one(steps, "CMD")) == ["python", *made[1:]]


def test_container_installs_what_make_app_installs(steps: list[tuple[str, str]]) -> None:
    installs = [line for line in make_app_commands() if "-r requirements" in line]
    assert [line.split("-r ")[1] for line in installs] == ["requirements.txt"]
    runs = [argument for name, argument in steps if name == "RUN" and "pip install" in argument]
    assert [run.split("-r ")[1] for run in runs] == ["requirements.txt"]
    copied = next(argument for name, argument in steps if name == "COPY")
    assert copied == "requirements.txt ./"


def test_container_compiles_the_solver_as_make_app_does(steps: list[tuple[str, str]]) -> None:
    made = [line for line in make_app_commands() if "-m equity_core" in line]
    runs = [argument for name, argument in steps if name == "RUN" and "equity_core" in argument]
    assert [line.removeprefix(".venv/bin/") for line in made] == runs
    # By its own user, who can then read what was compiled and write it anew.
    assert [name for name, _ in steps].index("USER") < steps.index(("RUN", runs[0]))


def test_container_is_pinned_and_not_root(steps: list[tuple[str, str]]) -> None:
    assert re.fullmatch(r"python:3\.11\.\d+-slim-\w+", one(steps, "FROM"))
    names = [name for name, _ in steps]
    assert one(steps, "USER") not in {"root", "0"}
    assert names.index("USER") < names.index("CMD")


def test_health_check_asks_the_served_port(steps: list[tuple[str, str]]) -> None:
    port = json.loads(one(steps, "CMD"))[-1]
    assert one(steps, "EXPOSE") == port
    assert f"http://127.0.0.1:{port}/_stcore/health" in one(steps, "HEALTHCHECK")


def test_image_leaves_out_what_it_does_not_run() -> None:
    left_out = text(".dockerignore").split()
    assert {".git", ".venv", "tests"} <= set(left_out)
    assert not {
        "app.py",
        "serve.py",
        "data",
        "equity_core",
        "pages",
        "static",
        "ui",
        ".streamlit",
    } & set(left_out)


def test_sweeps_run_in_the_same_image_and_are_closed_to_other_machines() -> None:
    services = yaml.safe_load(text("compose.sweep.yaml"))["services"]
    assert set(services) == {"scheduler", "worker"}
    for service in services.values():
        assert service["image"] == "equity-explorer"
        assert service["command"][:3] == ["python", "-m", "dask"]
        assert "--no-dashboard" in service["command"]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_readme_names_the_same_commands() -> None:
    readme = text("README.md")
    assert re.search(r"^make app\b", readme, re.MULTILINE)
    assert re.search(r"^make test\b", readme, re.MULTILINE)
    assert "http://127.0.0.1:8501" in readme
    for line in re.findall(r"^#\s+(docker .+)$", text("Dockerfile"), re.MULTILINE):
        assert f"`{line}`" in readme


def test_ci_runs_the_readme_test_command() -> None:
    commands = [line for line in text(".ci/run").splitlines() if line.startswith("make")]
    assert commands == ["make test"]


def test_make_app_prints_the_address_it_serves() -> None:
    commands = make_app_commands(PORT="8600")
    assert any("http://127.0.0.1:8600" in line for line in commands)
    assert any(line.endswith("--server.address 127.0.0.1 --server.port 8600") for line in commands)
