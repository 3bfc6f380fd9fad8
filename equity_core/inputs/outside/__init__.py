"""What comes from outside is opened in a process of its own, made for it and for nothing else.

    reply = open_outside("package.module:function", {"my.csv": content}, {"timezone": "UTC"})

The function runs in there as function(files, options) and returns what JSON can hold and Arrow
tables, or raises EquityError. docs/decisions/0010-what-comes-from-outside.md says what holds it in.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equity_core.inputs.outside.reply import Reply
    from equity_core.inputs.outside.room import RoomError, open_outside

__all__ = ["Reply", "RoomError", "open_outside"]

_HOMES = {"Reply": "reply", "RoomError": "room", "open_outside": "room"}


def __getattr__(name: str) -> Any:
    # Not at the top: inside, nothing is loaded before the limits hold (inside.py).
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
