"""The palette of the page, light and dark: ink on paper, one accent for this plan."""

from __future__ import annotations

from dataclasses import dataclass

from equity_core.figures.colours import MISSING, Scale

RGBA = tuple[int, int, int, int]


@dataclass(frozen=True)
class Look:
    """Colours of one theme. `accent` is always the reader's scenario, `baseline` what it is
    compared with, `refused` what cannot be used; land belongs to the map."""

    paper: str
    ink: str
    quiet: str
    rule: str
    accent: str
    baseline: str
    refused: str
    land: RGBA
    outline: RGBA
    edge: RGBA
    flow_from: RGBA
    flow_to: RGBA
    is_dark: bool = False

    def shade(self, scale: Scale) -> Scale:
        """The scale in colours of which the strongest stand out most on this paper."""
        return scale.on_dark() if self.is_dark else scale


LIGHT = Look(
    paper="#fbfaf7",
    ink="#1d2126",
    quiet="#5a616a",
    rule="#dcd9d1",
    accent="#0a6b6b",
    baseline="#82888f",
    refused="#a3262a",
    land=(*MISSING, 255),
    outline=(29, 33, 38, 255),
    edge=(29, 33, 38, 110),
    flow_from=(130, 136, 143, 120),
    flow_to=(10, 107, 107, 220),
)

DARK = Look(
    paper="#16191d",
    ink="#e8e6e1",
    quiet="#a3a9b1",
    rule="#363b42",
    accent="#57c7bd",
    baseline="#7d848d",
    refused="#ff9a8f",
    land=(45, 50, 57, 255),
    outline=(240, 238, 233, 255),
    edge=(240, 238, 233, 150),
    flow_from=(125, 132, 141, 120),
    flow_to=(87, 199, 189, 220),
    is_dark=True,
)


def look_of(theme: str | None) -> Look:
    """The palette of a theme by Streamlit's name for it; light where the browser has not said."""
    return DARK if theme == "dark" else LIGHT


def variables(look: Look) -> str:
    """The palette as CSS custom properties, for style.css."""
    names = ("paper", "ink", "quiet", "rule", "accent", "baseline", "refused")
    told = {name: getattr(look, name) for name in names} | {
        "land": f"rgb{look.land[:3]}",
    }
    return ":root{" + "".join(f"--ee-{name}:{colour};" for name, colour in told.items()) + "}"
