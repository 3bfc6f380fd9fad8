"""Where the server starts, `streamlit run serve.py`: app.py, with answers of our own before it.

Why: docs/decisions/0017-what-the-server-says-itself.md.
"""

from __future__ import annotations

from ui.jobs import memory  # noqa: F401  # isort: skip

import sys

from starlette.middleware import Middleware
from streamlit.starlette import App

from equity_core.errors import SettingError
from ui.served.guard import Guard
from ui.served.no_page import NoSuchPage
from ui.served.routes import routes
from ui.settings import settings

try:
    given = settings()
except SettingError as error:
    sys.exit(str(error))
app = App(
    "app.py",
    routes=routes(),
    middleware=[Middleware(Guard, framed_by=given.frame_ancestors), Middleware(NoSuchPage)],
)
