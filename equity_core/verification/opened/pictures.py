"""PNG pictures: the texts in them, and what they show, tile by tile."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from io import BytesIO

import pyarrow as pa

from equity_core.verification.opened.kinds import PNG
from equity_core.verification.opened.sheets import Sheets, sheet

MOST_CHUNKS, LONGEST_TEXT = 20_000, 40_000
MOST_PIXELS = 30_000_000
"""The largest picture of ours has 7 million."""

TILE = 60
"""Pixels each way: a fifth of an inch in print."""

PIXELS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
SHOWN_WITH = (b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD")
FRAMES = (b"acTL", b"fcTL", b"fdAT")


def texts(content: bytes) -> dict[str, str]:
    """Keyword -> text; what is packed is unpacked as far as `LONGEST_TEXT`."""
    told: dict[str, str] = {}
    for kind, data in _chunks(content):
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            key, _, rest = data.partition(b"\x00")
            told.setdefault(key[:80].decode("latin-1"), _text(kind, rest))
    return told


def _text(kind: bytes, rest: bytes) -> str:
    if kind == b"tEXt":
        return rest[:LONGEST_TEXT].decode("latin-1")
    if kind == b"zTXt":
        return _unpacked(rest[1:]).decode("latin-1")
    packed, body = rest[:1] == b"\x01", rest[2:].split(b"\x00", 2)[-1]
    return (_unpacked(body) if packed else body[:LONGEST_TEXT]).decode("utf-8", "replace")


def _unpacked(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, LONGEST_TEXT)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of every chunk, and what follows the last; raises ValueError for a file that is
    cut short."""
    at, kind = len(PNG), b""
    for _ in range(MOST_CHUNKS):
        if kind == b"IEND":
            yield b"after the end", content[at:]
            return
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        data = content[at + 8 : at + 8 + length]
        at += length + 12
        if at > len(content):
            raise ValueError("it is cut short")
        yield kind, data
    raise ValueError(f"it has more than {MOST_CHUNKS:,} chunks")


def picture_sheets(content: bytes) -> Sheets:
    """ "pixels": a digest of each tile; "picture": what else changes how it looks; "#chunks"."""
    chunks = list(_chunks(content))
    kinds = [kind for kind, _ in chunks]
    colours = sorted(kind + data[:40] for kind, data in chunks if kind in SHOWN_WITH)
    facts = [
        ("header", next((data[:40].hex() for kind, data in chunks if kind == b"IHDR"), "")),
        ("chunks of animation", str(sum(kind in FRAMES for kind in kinds))),
        ("colours are shown with", b" ".join(colours).hex()),
    ]
    every = [(f"{at}", f"{kind.hex()} {_digest(data)}") for at, (kind, data) in enumerate(chunks)]
    return {
        "pixels": _tiles(chunks),
        "picture": sheet(("path", "value"), facts),
        "#chunks": sheet(("path", "value"), every),
    }


def _tiles(chunks: list[tuple[bytes, bytes]]) -> pa.Table:
    # Not at the top: what a file is can be said without them.
    import numpy as np  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    header = next((data for kind, data in chunks if kind == b"IHDR"), b"")
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:8])
    if not 0 < width * height <= MOST_PIXELS:
        raise ValueError(f"it is {width:,} x {height:,} pixels large")
    with Image.open(BytesIO(_bare(chunks)), formats=("PNG",)) as picture:
        pixels = np.asarray(picture.convert("RGBA"))
    rows = [
        (f"{left}, {top}", _digest(pixels[top : top + TILE, left : left + TILE].tobytes()))
        for top in range(0, height, TILE)
        for left in range(0, width, TILE)
    ]
    return sheet(("path", "value"), rows)


def _bare(chunks: list[tuple[bytes, bytes]]) -> bytes:
    """The picture with nothing in it but its pixels: no text, profile or frame is looked at."""
    parts = [
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
        for kind, data in chunks
        if kind in PIXELS
    ]
    return PNG + b"".join(parts)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
