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
    assert "--require-hashes" in runs[0]
    copied = next(argument for name, argument in steps if name == "COPY")
    assert copied == "requirements.txt ./"


def test_container_compiles_the_solver_as_make_app_does(steps: list[tuple[str, str]]) -> None:
    made = [line for line in make_app_commands() if "-m equity_core" in line]
    runs = [argument for name, argument in steps if name == "RUN" and "equity_core" in argument]
    assert [line.removeprefix(".venv/bin/") for line in made] == runs
    # By its own user, who can then read what was compiled and write it anew.
    assert [name for name, _ in steps].index("USER") < steps.index(("RUN", runs[0]))


def test_container_is_pinned_and_not_root(steps: list[tuple[str, str]]) -> None:
    assert one(steps, "FROM") == "${BASE}"  # by digest where it is built for others
    assert re.fullmatch(r"BASE=python:3\.11\.\d+-slim-\w+", one(steps, "ARG"))
    names = [name for name, _ in steps]
    assert one(steps, "USER") not in {"root", "0"}
    assert names.index("USER") < names.index("CMD")


def test_health_check_asks_the_served_port(steps: list[tuple[str, str]]) -> None:
    port = json.loads(one(steps, "CMD"))[-1]
    assert one(steps, "EXPOSE") == port
    asked = json.loads(one(steps, "HEALTHCHECK").partition("CMD ")[2])
    assert asked == ["python", "-m", "deploy.healthy", "alive"]
    assert f'"STREAMLIT_SERVER_PORT", "{port}"' in text("deploy/healthy.py")


def test_whoever_serves_can_change_no_code(steps: list[tuple[str, str]]) -> None:
    assert ("COPY", ". .") in steps
    assert not any("--chown" in argument for name, argument in steps if name == "COPY")
    owned = [argument for name, argument in steps if name == "RUN" and "chown" in argument]
    assert owned == ['mkdir -p var "$NUMBA_CACHE_DIR" && chown explorer var "$NUMBA_CACHE_DIR"']


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


@pytest.fixture(scope="module")
def services() -> dict[str, dict]:
    return yaml.safe_load(text("compose.yaml"))["services"]


def test_sweeps_run_in_the_same_image_and_are_closed_to_other_machines(services) -> None:
    for name in ("scheduler", "worker"):
        assert services[name]["image"] == "equity-explorer"
        assert services[name]["profiles"] == ["sweep"]
        assert services[name]["command"][:3] == ["python", "-m", "dask"]
        assert "--no-dashboard" in services[name]["command"]


def test_no_service_is_open_to_other_machines_and_each_has_its_limits(services) -> None:
    for name, service in services.items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name
        assert service["mem_limit"], name
        assert service["restart"] == "unless-stopped", name
        assert "no-new-privileges:true" in service["security_opt"], name
        if name != "postgres":
            assert service["read_only"], name
            assert service["cap_drop"] == ["ALL"], name


def test_replicas_have_no_way_out_and_are_what_nginx_expects(services) -> None:
    networks = yaml.safe_load(text("compose.yaml"))["networks"]
    assert networks["inner"]["internal"]
    given = services["nginx"]["environment"]
    for name in "ab":
        app = services[f"app-{name}"]
        assert app["environment"]["EQUITY_REPLICA"] == name
        assert list(app["networks"]) == ["inner"]
        place = app["networks"]["inner"]["ipv4_address"]
        assert given[f"EQUITY_REPLICA_{name.upper()}"] == f"{place}:8501"
        assert app["healthcheck"]["test"][1:] == ["python", "-m", "deploy.healthy", "ready"]
        forwards = app["environment"]["FORWARDED_ALLOW_IPS"]
        assert services["nginx"]["networks"]["inner"]["ipv4_address"] == forwards
    asked = set(re.findall(r"\$\{(EQUITY_\w+)\}", text("deploy/nginx/equity.conf.template")))
    assert asked == {name for name in given if name.startswith("EQUITY_")}


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
