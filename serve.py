"""Where the server starts, `streamlit run serve.py`: app.py, with answers of our own before it.

Why: docs/decisions/0017-what-the-server-says-itself.md.
"""

from __future__ import annotations

from ui.jobs import memory  # noqa: F401  # isort: skip

import sys

from starlette.middleware import Middleware
from streamlit.starlette import App

from equity_core.errors import SettingError
from ui.messages import unforeseen
from ui.served.attendance import Attendance, Door
from ui.served.guard import Guard
from ui.served.life import begin_log, life_of
from ui.served.metrics import open_metrics
from ui.served.no_page import NoSuchPage
from ui.served.routes import routes
from ui.served.silent import room_for_sessions
from ui.settings import settings
from ui.streamlit_internals import keep_downloads, tell_theme_once

try:
    given = settings()
    begin_log(given)
    attendance = Attendance(min(given.sessions, room_for_sessions()), given.client_sessions)
    open_metrics(given, attendance)
except SettingError as error:
    sys.exit(str(error))
keep_downloads()
tell_theme_once()
app = App(
    "app.py",
    lifespan=life_of(given, attendance),
    on_script_error=unforeseen,
    routes=routes(),
    middleware=[
        Middleware(Guard, framed_by=given.frame_ancestors, name=given.replica),
        Middleware(Door, attendance=attendance),
        Middleware(NoSuchPage),
    ],
)
