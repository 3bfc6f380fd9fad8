"""Fields for numbers: what is typed is read (ui/typed.py) or refused beside the field.

Text fields, because the browser's own fields for numbers drop what they do not know: 0,5 would
arrive as 5.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from ui import state, typed
from ui.typed import Allowed

REFUSALS = "refusals"
"""In the session: field's name -> the value that stands, and the sentence."""


def number_box(
    name: str,
    label: str,
    value: float | None,
    allowed: Allowed,
    take: Callable[[float | None], None],
    **look: Any,
) -> None:
    """A field that shows `value` and hands what is typed to `take`, with what was refused."""
    bare_box(name, label, value, allowed, take, **look)
    refusal(name, value)


def bare_box(
    name: str,
    label: str,
    value: float | None,
    allowed: Allowed,
    take: Callable[[float | None], None],
    **look: Any,
) -> None:
    """The field alone; its `refusal` is drawn where there is room for a sentence.

    The field keeps the reader's own way to write the value: it would lose the cursor otherwise.
    """
    key = state.seed(name, typed.written(value), partial(_is_shown, value))
    st.text_input(
        label,
        key=key,
        on_change=state.on_change(key, partial(_take, name, key, value, allowed, take)),
        autocomplete="off",
        **look,
    )


def _is_shown(value: float | None, text: Any) -> bool:
    return typed.means(text, value)


def _take(
    name: str,
    key: str,
    former: float | None,
    allowed: Allowed,
    take: Callable[[float | None], None],
    text: str,
) -> None:
    if not accepted(name, text, former, allowed, take):
        st.session_state[key] = typed.written(former)


def accepted(
    name: str,
    text: str,
    former: float | None,
    allowed: Allowed,
    take: Callable[[float | None], None],
) -> bool:
    """Hands what `text` means to `take`; otherwise keeps a sentence for `refused`."""
    refusals: dict[str, tuple[float | None, str]] = st.session_state.setdefault(REFUSALS, {})
    refusals.pop(name, None)
    try:
        value = typed.read(text, allowed)
    except typed.Refused as error:
        stays = "It stays empty." if former is None else f"It stays {typed.written(former)}."
        refusals[name] = former, f"{error} {allowed.words} {stays}"
        return False
    take(value)
    return True


def refused(name: str, value: float | None) -> str:
    """Why the last text of a field was refused, while the value that it left standing stands."""
    former, sentence = st.session_state.get(REFUSALS, {}).get(name, (None, ""))
    return sentence if former == value else ""


def refusal(name: str, value: float | None) -> None:
    """The sentence of `refused` as an alert, which screen readers say at once."""
    if sentence := refused(name, value):
        st.html(f'<p class="ee-refusal" role="alert">{escape(sentence)}</p>')
