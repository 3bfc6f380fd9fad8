"""The settings of this server, read once: serve.py does so before anything else is loaded."""

from __future__ import annotations

from functools import cache

from equity_core.settings.settings import Settings, read_settings


@cache
def settings() -> Settings:
    """The same for as long as the process runs; raises SettingError where they cannot be used."""
    return read_settings()
