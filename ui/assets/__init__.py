"""What the browser runs and how the page looks: scripts and style sheets, read once."""

from pathlib import Path


def asset(*names: str) -> str:
    """The text of these files of this folder, one after another."""
    return "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in names)
