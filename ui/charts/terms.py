"""Words that explain themselves at the pointer, to the finger and to the keyboard: text -> HTML.

What a word means stands hidden in the page, where `aria-describedby` finds it; assets/terms.js
shows it beside the word. No streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from equity_core.text.opening.glossary import Term, spoken_in


def explained(words: str, key: str) -> str:
    """`words` as one that `meanings` explains under `key`."""
    return (
        f'<dfn class="ee-term" tabindex="0" aria-describedby="ee-term-{escape(key)}">'
        f"{escape(words)}</dfn>"
    )


def marked(sentence: str, terms: Sequence[Term]) -> str:
    """A sentence in which every term is marked where it is said first."""
    found = spoken_in(sentence, terms)
    for words in sorted(found, key=sentence.index):
        before, _, sentence_left = sentence.partition(words)
        rest = {other: term for other, term in found.items() if other != words}
        return (
            f"{escape(before)}{explained(words, found[words].key)}"
            f"{marked(sentence_left, list(rest.values()))}"
        )
    return escape(sentence)


def meanings(told: Mapping[str, str]) -> str:
    """By key: what `explained` words mean, for whoever asks."""
    each = (f'<p id="ee-term-{escape(key)}">{escape(words)}</p>' for key, words in told.items())
    return f'<div class="ee-meanings" hidden>{"".join(each)}</div>'
