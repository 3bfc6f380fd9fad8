"""Names of files that come together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def distinct_names(names: Sequence[str]) -> list[str]:
    """The names, those that stand twice in numbered folders: none takes another's place."""
    count = Counter(names)
    return [name if count[name] == 1 else f"{at}/{name}" for at, name in enumerate(names, 1)]
