"""A link as a QR code, to be scanned from paper."""

from __future__ import annotations

from io import BytesIO

import segno

LONGEST_LINK_CODED = 1200


def code_of(link: str) -> bytes:
    """The link as SVG; nothing where it is too long to be scanned from paper."""
    if len(link) > LONGEST_LINK_CODED:
        return b""
    buffer = BytesIO()
    segno.make(link, error="l", micro=False).save(buffer, kind="svg", border=1, xmldecl=False)
    return buffer.getvalue()
