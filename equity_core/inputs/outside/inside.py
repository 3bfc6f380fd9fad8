"""The process that opens what came from outside: closed in first, then one task, then its end."""

from __future__ import annotations

import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from equity_core.errors import EquityError
from equity_core.inputs.outside import limits


def main(place: str, task: str, parent: str) -> None:
    """Do `task` with the request in the folder `place` and leave the reply there."""
    folder = Path(place)
    module, _, function = task.partition(":")
    missing = limits.close_in(folder, module.partition(".")[0], int(parent))
    # Not at the top: Arrow starts a thread, and only this one and its offspring are closed in.
    reply = import_module("equity_core.inputs.outside.reply")
    reply.write_told(folder, {"missing": missing} | _done(folder, module, function))


def _done(folder: Path, module: str, function: str) -> dict[str, Any]:
    """What there is to tell, the tables written; an error is told, whichever it is."""
    reply = import_module("equity_core.inputs.outside.reply")
    faults = import_module("equity_core.inputs.outside.faults")
    request = reply.Request.read(folder)
    try:
        task = getattr(import_module(module), function)
        record, tables = task(dict(request.files), dict(request.options))
        reply.write_tables(folder, tables)
    except EquityError as error:
        return {"error": faults.told(error)}
    except MemoryError:
        return {"failure": "memory"}
    except Exception as error:  # noqa: BLE001  the edge of this process: nothing else would tell
        return {"failure": "unforeseen", "detail": _place_of(error)}
    return {"record": record, "tables": list(tables)}


def _place_of(error: Exception) -> str:
    """For the log: where in the code the error arose, and its type; its words may repeat a file."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}:{last.name}:{type(error).__name__}"
