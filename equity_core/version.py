"""What files say of their making, kept where every room can import it."""

from datetime import UTC, datetime

__version__ = "0.1.0"
"""The product's version: part of every fingerprint."""

NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""Where a format demands a date of making: the same content must give the same bytes."""
