"""THE table of settings, each a row of docs/OPERATE.md as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equity_core.errors import SettingError, shown
from equity_core.settings.kinds import Choice, File, Hosts, Kind, Number, Pattern

MARK = "EQUITY_"
"""What our variables begin with; nobody else's do."""


@dataclass(frozen=True)
class Setting:
    """One environment variable, read into the field `field` of `Settings`.

    A `secret` is never repeated: not in a sentence, a log or a table.
    """

    name: str
    field: str
    default: str
    kind: Kind
    meaning: str
    secret: bool = False

    def value(self, environment: Mapping[str, str]) -> object:
        """What `environment` states; raises SettingError where that cannot be used."""
        text = environment.get(self.name, "").strip() or self.default
        try:
            return self.kind.read(text)
        except ValueError:
            raise SettingError(self._refusal(text)) from None

    def _refusal(self, text: str) -> str:
        given = "cannot be used: it" if self.secret else f"is {shown(text)}, but"
        default = self.default or "to leave it empty"
        return (
            f"{self.name} {given} must be {self.kind.allowed}. Correct the environment variable; "
            f"the default is {default}."
        )


STORE = (
    Setting(
        "DATABASE_URL",
        "database_url",
        "",
        Pattern(
            r"postgres(ql)?(\+psycopg)?://.*",
            "an address as postgresql://user:password@host:5432/name, or none",
        ),
        "PostgreSQL to keep data in; empty for SQLite",
        secret=True,
    ),
    Setting(
        "EQUITY_STORE_FILE",
        "file",
        "var/store.sqlite",
        File(),
        "SQLite file where DATABASE_URL is empty",
    ),
    Setting(
        "EQUITY_STORE_RETENTION_DAYS",
        "retention_days",
        "365",
        Number(0, 100_000),
        "Days without use after which data sets and scenarios are removed; 0 keeps them for ever",
    ),
    Setting(
        "EQUITY_STORE_DATASET_MB",
        "dataset_mb",
        "64",
        Number(1, 1_000),
        "Largest data set, packed, in MB",
    ),
    Setting(
        "EQUITY_STORE_TOTAL_MB",
        "total_mb",
        "2048",
        Number(1, 10_000_000),
        "All data sets together, packed, in MB",
    ),
    Setting(
        "EQUITY_STORE_SCENARIOS",
        "scenarios",
        "100000",
        Number(1, 100_000_000),
        "Most saved scenarios",
    ),
)
SERVER = (
    Setting(
        "EQUITY_FRAME_ANCESTORS",
        "frame_ancestors",
        "",
        Hosts(),
        "Pages of other hosts that may show a result within theirs; empty for none",
    ),
    Setting(
        "EQUITY_REPLICA",
        "replica",
        "",
        Pattern(r"[A-Za-z0-9-]{1,32}", "up to 32 letters, digits and hyphens, or nothing"),
        "Name of this server among several behind one address; empty where it is the only one",
    ),
    Setting(
        "EQUITY_SESSIONS",
        "sessions",
        "500",
        Number(1, 100_000),
        "Most readers at once on one process; further ones are told to come back",
    ),
    Setting(
        "EQUITY_CLIENT_SESSIONS",
        "client_sessions",
        "250",
        Number(1, 100_000),
        "Most readers at once from one network address, so that nobody takes all places",
    ),
    Setting(
        "EQUITY_UPLOAD_MB",
        "upload_mb",
        "50",
        Number(1, 50),
        "Largest file of a reader's own data, in MB",
    ),
    Setting(
        "EQUITY_SOLVE_SECONDS",
        "solve_seconds",
        "30",
        Number(1, 3_600),
        "Longest that a plan may take, in seconds; a frontier twice, a file four times as long",
    ),
    Setting(
        "EQUITY_STOP_SECONDS",
        "stop_seconds",
        "20",
        Number(0, 600),
        "Longest that a server told to stop waits for answers under way, in seconds",
    ),
    Setting(
        "EQUITY_LOG_LEVEL",
        "log_level",
        "info",
        Choice(("debug", "info", "warning", "error")),
        "Events from this level on are logged",
    ),
    Setting(
        "EQUITY_METRICS_PORT",
        "metrics_port",
        "0",
        Number(0, 65_535),
        "Port of 127.0.0.1 on which operators read figures for Prometheus; 0 for none",
    ),
    Setting(
        "EQUITY_SCHEDULER",
        "scheduler",
        "",
        Pattern(r"(tcp|tls)://\S+", "an address as tcp://host:8786, or none"),
        "Scheduler of dask for the page's draws, and for `sweep` where --scheduler names none",
    ),
)
SETTINGS = STORE + SERVER
