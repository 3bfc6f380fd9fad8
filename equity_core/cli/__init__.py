"""The command line: read the scenario, ask, print or write.

Exit codes: 0 solved, 1 an export does not hold, 2 bad input, 3 infeasible, 4 not certified; the
reason is one sentence on standard error.
"""

from equity_core.cli.commands import app
from equity_core.cli.running import main

__all__ = ["app", "main"]
