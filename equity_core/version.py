"""The product's version: part of every fingerprint, so kept where every room can import it."""

__version__ = "0.1.0"
