"""Five steps through the page, for whoever asks: they begin with a button, and are kept nowhere."""

from __future__ import annotations

import json

STEPS = (
    (
        ".st-key-purpose",
        "What this is",
        "A simulation: where could the work of AI data centres run, and who would bear its water, "
        "carbon and health damage?",
    ),
    (
        "h1.ee-headline",
        "The answer",
        "What the plan does to the region that carries most, at what cost, and how many carry "
        "more. Words with a dotted line explain themselves.",
    ),
    (
        ".ee-bars",
        "Who gains, who loses",
        "Every region before and after. The map beside it shows the same; a click on a region "
        "opens its own settings.",
    ),
    (
        ".st-key-weight_water_weight",
        "Try it",
        "Questions to start from stand above; move this weight to count the worst region's water "
        "for more. Everything answers at once, and Undo takes it back.",
    ),
    (
        ".st-key-share",
        "Hand it over",
        "The link holds all that you have set. The briefing is two pages for those who decide.",
    ),
)
"""Where each step points (of the page's own names), its title and its words."""


def as_json() -> str:
    """The steps as assets/tour.js reads them."""
    return json.dumps([dict(zip(("at", "title", "words"), step, strict=True)) for step in STEPS])
