"""What an operator installs: units that systemd takes, values that become no other directive."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.fill import filled

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "deploy" / "systemd"
WORST_EXPOSURE = 25
"""In tenths, by systemd's own reckoning: 100 is a program without any limit."""


def test_systemd_finds_the_service_well_locked_up():
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not here: nobody reckons how far the service is locked up.")
    unit = UNITS / "equity-explorer@.service"
    command = [tool, "security", "--offline=true", "--no-pager", f"--threshold={WORST_EXPOSURE}"]
    done = subprocess.run([*command, str(unit)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-800:] + done.stderr
    assert "Unknown" not in done.stderr


def test_the_service_serves_as_make_app_does_and_waits_until_it_is_ready():
    text = (UNITS / "equity-explorer@.service").read_text(encoding="utf-8")
    assert re.search(r"^ExecStart=\S+/python -m streamlit run serve.py$", text, re.MULTILINE)
    assert re.search(r"^ExecStartPost=\S+/python -m deploy.healthy ready \d+$", text, re.MULTILINE)
    for limit in ("MemoryMax", "TasksMax", "LimitNOFILE", "Restart=always"):
        assert limit in text


def test_a_template_takes_values_and_leaves_nginx_its_own_names():
    template = "listen ${EQUITY_LISTEN}; proxy_pass http://$replica;"
    done = filled(template, {"EQUITY_LISTEN": "127.0.0.1:80"})
    assert done == "listen 127.0.0.1:80; proxy_pass http://$replica;"


@pytest.mark.parametrize("value", ["8080; root /", "8080\n", "$host", "{"])
def test_no_directive_comes_in_by_a_value(value):
    with pytest.raises(ValueError, match="EQUITY_LISTEN"):
        filled("${EQUITY_LISTEN}", {"EQUITY_LISTEN": value})
    with pytest.raises(ValueError, match="is not set"):
        filled("${EQUITY_LISTEN}", {})


def test_who_asks_a_server_that_is_not_there_is_told_so():
    settings = os.environ | {"STREAMLIT_SERVER_PORT": "1", "STREAMLIT_SERVER_BASE_URL_PATH": "/e/"}
    command = [sys.executable, "-m", "deploy.healthy", "ready"]
    done = subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("http://127.0.0.1:1/e/ready does not answer")
