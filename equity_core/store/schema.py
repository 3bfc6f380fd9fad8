"""The tables of the store as they are now; migrations/ holds how they came to be."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

# Times are seconds since 1970, so that both databases keep them alike.
DATASETS = Table(
    "datasets",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("datasets_used", "used"),
)
# Who may remove what: of a removal link only the hash of its secret is kept. `kind` is the name of
# the table, `name` the row there.
REMOVALS = Table(
    "removals",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", String(64), nullable=False),
    Column("created", BigInteger, nullable=False),
    Index("removals_name", "kind", "name"),
)
SCENARIOS = Table(
    "scenarios",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=False),
    Index("scenarios_used", "used"),
)
