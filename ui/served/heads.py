"""What a page is called, in its tab, in search engines and where its link is shown.

It imports nothing that takes time: the browser waits for it before anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

NAME = "Equity Explorer"
QUESTION = "who carries AI's water and carbon?"
PREVIEW = "app/static/preview.png"
PREVIEW_SIZE = (1200, 630)
PREVIEW_WORDS = "Map of the United States: change in health damage by state, simulated"

REMOVE = "remove"
"""Where removal links lead (ui/served/removal.py): a page of the server, not of the program."""

DESCRIPTIONS = {
    "": "Simulation: where should AI data centres run, and who bears their water, carbon and "
    "health damage? Move the weights and see what changes, region by region.",
    "goals": "Simulation of AI data centres: set what no region shall exceed, see what it costs.",
    "compare": "Simulation of AI data centres: policies and scenarios beside each other, region "
    "by region.",
    "foresight": "Simulation of AI data centres: what it costs to plan hour by hour without "
    "knowing the future.",
    "robustness": "Simulation of AI data centres: how sure is the verdict where prices, water and "
    "carbon may be off?",
    "data": "The figures behind the simulation of AI data centres, with sources, dates and "
    "quality; or files of your own.",
    "method": "How AI data centres are simulated, what the model leaves out, and how each answer "
    "is proven.",
    "verify": "Does an exported file of a simulation still hold? Solve it again and compare.",
}
"""Path of each page -> what link previews say of it."""


@dataclass(frozen=True)
class Head:
    """Title and description of a page, as plain text; `root` is the address of the server."""

    title: str
    description: str
    root: str

    def html(self) -> str:
        """The elements of the page's head; all that comes from outside is escaped."""
        title, description = escape(self.title), escape(self.description)
        image, (width, height) = escape(self.root + PREVIEW), PREVIEW_SIZE
        return "\n    ".join(
            (
                f"<title>{title}</title>",
                f'<meta name="description" content="{description}" />',
                '<meta property="og:type" content="website" />',
                f'<meta property="og:site_name" content="{NAME}" />',
                f'<meta property="og:title" content="{title}" />',
                f'<meta property="og:description" content="{description}" />',
                f'<meta property="og:image" content="{image}" />',
                f'<meta property="og:image:width" content="{width}" />',
                f'<meta property="og:image:height" content="{height}" />',
                f'<meta property="og:image:alt" content="{PREVIEW_WORDS}" />',
                '<meta name="twitter:card" content="summary_large_image" />',
                f'<meta name="twitter:title" content="{title}" />',
                f'<meta name="twitter:description" content="{description}" />',
                f'<meta name="twitter:image" content="{image}" />',
            )
        )


def page_title(path: str) -> str:
    """ "Goals: who carries AI's water and carbon? Equity Explorer"."""
    return f"{path.capitalize() or 'Explore'}: {QUESTION} {NAME}"


def head_of(path: str, saved: str, root: str) -> Head:
    """The head of the page at `path`; `saved` is the title of the scenario it shows, if any."""
    title = f"{saved}: simulation, {NAME}" if saved else page_title(path)
    return Head(title, DESCRIPTIONS[path], root)
