"""One closed-in process that tries file after file, for tests: started anew when it dies."""

from __future__ import annotations

import json
import os
import select
import struct
import subprocess
import sys
import traceback
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from equity_core.errors import EquityError
from equity_core.inputs.outside import limits

SECONDS = 20.0
STARTER = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from tests.inputs.outside.pen import serve; serve(sys.argv[2])"
)


@dataclass(frozen=True)
class Outcome:
    """What came of a case: "read", "refused", or how it went wrong; and the peak of memory."""

    kind: str
    words: str = ""
    peak: int = 0

    @property
    def is_fine(self) -> bool:
        return self.kind in ("read", "refused")


class Pen:
    """Tries tasks of the room in a process of its own, which stays."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def attempt(self, task: str, files: Mapping[str, bytes], options: Any) -> Outcome:
        """What `task` makes of `files`."""
        process = self._process = self._process or self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        head = json.dumps([task, [*files], [len(part) for part in files.values()], options])
        try:
            for part in (struct.pack(">I", len(head)), head.encode(), *files.values()):
                process.stdin.write(part)
            process.stdin.flush()
            if select.select([process.stdout], [], [], SECONDS)[0]:
                kind, words = json.loads(process.stdout.readline())
                return Outcome(kind, words, _peak(process.pid))
            died = "took too long"
        except (BrokenPipeError, ValueError):
            died = f"died: {process.wait(SECONDS)}"
        self.close()
        return Outcome(died)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-c", STARTER, str(limits.ROOT), str(os.getpid())],
            cwd=self._folder,
            env=limits.ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )


def serve(parent: str) -> None:
    """In the process: closed in as the room is, but for the time, which is for one file there."""
    limits.CPU_SECONDS = 3600
    limits.close_in(Path(), "tests", int(parent))
    warnings.simplefilter("error", RuntimeWarning)
    while head := sys.stdin.buffer.read(4):
        (size,) = struct.unpack(">I", head)
        task, names, sizes, options = json.loads(sys.stdin.buffer.read(size))
        files = {name: sys.stdin.buffer.read(size) for name, size in zip(names, sizes, strict=True)}
        print(json.dumps(_tried(task, files, options)), flush=True)


def _tried(task: str, files: dict[str, bytes], options: dict[str, Any]) -> tuple[str, str]:
    module, _, function = task.partition(":")
    try:
        getattr(import_module(module), function)(files, options)
    except EquityError as error:
        return "refused", "\n".join(map(str, getattr(error, "problems", [error])))
    except MemoryError:
        return "memory", traceback.format_exc()
    except Exception:  # noqa: BLE001  this is what is looked for
        return "traceback", traceback.format_exc()
    return "read", ""


def _peak(process: int) -> int:
    """The most memory that the process ever held, in bytes."""
    facts = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(facts.partition("VmHWM:")[2].split()[0]) * 1024
