"""The session: every key is declared once, with a type, and nobody else touches it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui.session import keys

ROOT = Path(__file__).parents[2]
PAGE = sorted([*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"])
ALLOWED = {ROOT / "ui/session/keys.py", ROOT / "ui/streamlit_internals.py"}
DECLARED = {name: key for name, key in vars(keys).items() if isinstance(key, keys.Key)}


@pytest.mark.parametrize("path", PAGE, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_declared_keys_touch_the_session(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    touched = [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr == "session_state")
        or (isinstance(node, ast.alias) and node.name == "session_state")
    ]
    assert touched == [] or path in ALLOWED, (
        f"{path.relative_to(ROOT)}:{touched} uses the session: declare the key in "
        "ui/session/keys.py, or call widget_value() and set_widget() for a widget's own"
    )


def test_a_key_that_is_made_elsewhere_is_seen():
    made = [
        str(path.relative_to(ROOT))
        for path in PAGE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and {getattr(node.func, "id", ""), getattr(node.func, "attr", "")} & {"Key", "DataKey"}
    ]
    assert set(made) == {"ui/session/keys.py"}
    assert len(made) == len(DECLARED)


def test_no_two_keys_have_one_name():
    assert sorted(key.name for key in DECLARED.values()) == sorted(
        name.lower() for name in DECLARED
    )


def test_every_key_has_a_type_and_says_what_it_holds():
    for name, key in DECLARED.items():
        assert keys.__annotations__[name].startswith(("Key[", "DataKey[")), name
        assert len(key.holds) > 10, name


def test_what_is_kept_is_there_until_it_is_taken():
    def page():
        import streamlit as st

        from ui.session import keys

        before = keys.OWN_KEPT.get(), keys.OWN_KEPT.is_kept
        keys.OWN_KEPT.keep({"id": "title"})
        kept = keys.OWN_KEPT.get(), keys.OWN_KEPT.is_kept
        taken = keys.OWN_KEPT.take()
        st.session_state["seen"] = before, kept, taken, keys.OWN_KEPT.is_kept

    app = AppTest.from_function(page).run()
    assert not app.exception
    title = {"id": "title"}
    assert app.session_state["seen"] == (({}, False), (title, True), title, False)


def test_a_session_that_has_not_begun_says_so():
    with pytest.raises(LookupError, match="begin"):
        keys.SCENARIO.first()
