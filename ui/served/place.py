"""Where on its server the program is: at the root, or below a path that others share with it."""

from __future__ import annotations

import streamlit as st


def base_path() -> str:
    """`server.baseUrlPath` as "/equity"; "" at the root."""
    set_to = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{set_to}" if set_to else ""
