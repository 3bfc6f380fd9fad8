"""Asks a server on this machine whether it is alive or ready, for whatever starts and watches it:
`python -m deploy.healthy alive|ready [SECONDS]`. Ends with 0 once it is, within SECONDS (default 0:
one question)."""

from __future__ import annotations

import os
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

PATIENCE = 12.0
"""Seconds for one question: the server takes up to ten to find out."""


def trouble(what: str) -> str:
    """What the server answers where it is not `what`; "" where it is."""
    port = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
    base = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    address = f"http://127.0.0.1:{port}/{base}/{what}".replace("//" + what, "/" + what)
    try:
        with urlopen(address, timeout=PATIENCE):
            return ""
    except HTTPError as error:
        return error.read().decode("utf-8", "replace")
    except OSError as error:
        return f"{address} does not answer ({error})."


def main() -> None:
    """The command."""
    what, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    end = time.monotonic() + seconds
    while told := trouble(what):
        if time.monotonic() >= end:
            sys.exit(told)
        time.sleep(1.0)


if __name__ == "__main__":
    main()
