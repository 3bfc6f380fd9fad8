"""Streamlit knows every setting of .streamlit/config.toml and takes it as written."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

CONFIG = Path(__file__).resolve().parents[1] / ".streamlit" / "config.toml"
SETTINGS = {
    f"{section}.{name}": value
    for section, values in tomllib.loads(CONFIG.read_text(encoding="utf-8")).items()
    if section != "theme"
    for name, value in values.items()
}


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_is_known(name: str) -> None:
    assert config.get_option(name) == SETTINGS[name]


def test_the_page_stays_on_this_machine_and_shows_no_traceback() -> None:
    assert SETTINGS["server.address"] == "127.0.0.1"
    assert SETTINGS["browser.gatherUsageStats"] is False
    assert SETTINGS["client.showErrorDetails"] == "none"
    assert SETTINGS["runner.postScriptGC"] is False
    assert SETTINGS["logger.enableRich"] is False  # it would print what variables held
