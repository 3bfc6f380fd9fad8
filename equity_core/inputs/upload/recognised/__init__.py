"""Raw exports of publishers, recognised by their headings, become the ordinary tables.

A stage between reading sheets and reading headings: what stands behind it stays as it is. Another
publisher is one more file with its FORMATS, and one line below.
"""

from equity_core.inputs.upload.recognised.stage import FORMATS, recognise

__all__ = ["FORMATS", "recognise"]
