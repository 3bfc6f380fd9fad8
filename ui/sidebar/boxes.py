"""Fields for numbers and days: what is typed is read (typed_numbers.py, typed_days.py) or refused
beside the field.

Text fields, because the browser's own fields for numbers drop what they do not know: 0,5 would
arrive as 5.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any, Protocol, TypeVar

import streamlit as st

from ui.session import keys, state
from ui.sidebar import typed_numbers

V = TypeVar("V")


class Taken(Protocol[V]):
    """What a field takes, and how it is read and written."""

    @property
    def words(self) -> str:
        """The allowed range, a sentence."""

    def read(self, text: str) -> V | None:
        """What `text` means; raises Refused."""

    def written(self, value: V | None) -> str:
        """`value` as the field shows it."""

    def means(self, text: str, value: V | None) -> bool:
        """Whether `text` is a way to write `value`."""


def box(
    name: str,
    label: str,
    value: V | None,
    allowed: Taken[V],
    take: Callable[[V | None], None],
    **look: Any,
) -> None:
    """A field that shows `value` and hands what is typed to `take`, with what was refused."""
    bare_box(name, label, value, allowed, take, **look)
    refusal(name, value)


def bare_box(
    name: str,
    label: str,
    value: V | None,
    allowed: Taken[V],
    take: Callable[[V | None], None],
    **look: Any,
) -> None:
    """The field alone; its `refusal` is drawn where there is room for a sentence.

    The field keeps the reader's own way to write the value: it would lose the cursor otherwise.
    """
    key = state.seed(name, allowed.written(value), partial(_is_shown, value, allowed))
    st.text_input(
        label,
        key=key,
        on_change=state.on_change(key, partial(_take, name, key, value, allowed, take)),
        autocomplete="off",
        **look,
    )


def _is_shown(value: V | None, allowed: Taken[V], text: Any) -> bool:
    return allowed.means(text, value)


def _take(
    name: str,
    key: str,
    former: V | None,
    allowed: Taken[V],
    take: Callable[[V | None], None],
    text: str,
) -> None:
    if not accepted(name, text, former, allowed, take):
        keys.set_widget(key, allowed.written(former))


def accepted(
    name: str,
    text: str,
    former: V | None,
    allowed: Taken[V],
    take: Callable[[V | None], None],
) -> bool:
    """Hands what `text` means to `take`; otherwise keeps a sentence for `refused`."""
    others = {field: told for field, told in keys.REFUSALS.get().items() if field != name}
    try:
        value = allowed.read(text)
    except typed_numbers.Refused as error:
        stays = "It stays empty." if former is None else f"It stays {allowed.written(former)}."
        keys.REFUSALS.keep({**others, name: (former, f"{error} {allowed.words} {stays}")})
        return False
    keys.REFUSALS.keep(others)
    take(value)
    return True


def refused(name: str, value: Any) -> str:
    """Why the last text of a field was refused, while the value that it left standing stands."""
    former, sentence = keys.REFUSALS.get().get(name, (None, ""))
    return sentence if former == value else ""


def refusal(name: str, value: Any) -> None:
    """The sentence of `refused` as an alert, which screen readers say at once."""
    if sentence := refused(name, value):
        st.html(f'<p class="ee-refusal" role="alert">{escape(sentence)}</p>')
