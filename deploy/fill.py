"""Puts the environment's values into a template: `python -m deploy.fill TEMPLATE > FILE`.

${EQUITY_NAME} is replaced, as the nginx image does it; nginx's own $names stay.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

_NAME = re.compile(r"\$\{(EQUITY_[A-Z_]+)\}")
_VALUE = re.compile(r"[\w./:,*-]*( ssl)?", re.ASCII)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its values; raises ValueError naming one that is missing or no value."""
    for name in dict.fromkeys(_NAME.findall(template)):
        if name not in values:
            raise ValueError(f"{name} is not set. docs/DEPLOY.md says what it means; set it first.")
        if not _VALUE.fullmatch(values[name]):
            raise ValueError(
                f"{name} is {values[name]!r}, but may hold only letters, digits and . / : , * - _. "
                "Correct the environment variable."
            )
    return _NAME.sub(lambda found: values[found[1]], template)


def main() -> None:
    """The command."""
    try:
        print(filled(Path(sys.argv[1]).read_text(encoding="utf-8"), os.environ), end="")
    except (ValueError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
