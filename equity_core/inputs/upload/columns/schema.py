"""THE schema of files that somebody brings: every column, its units, range and meaning.

The reader, its messages, the template and the tables of docs/DATA.md are all drawn from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from equity_core.inputs.bundled.reading import SITE_FIGURES
from equity_core.inputs.dataset import Footprint
from equity_core.inputs.footprints import LITRES_PER_GALLON

KG_PER_POUND = 0.45359237
M3_PER_GALLON = LITRES_PER_GALLON / 1000.0


@dataclass(frozen=True)
class Unit:
    """One way to write a quantity: `name` ends the column's name, `factor` leads to the first.

    `remark` is what a source card adds to "Converted from ...", such as a rate.
    """

    name: str
    text: str
    factor: float = 1.0
    remark: str = ""


@dataclass(frozen=True)
class Field:
    """A quantity by hour and site. `units[0]` is the one kept; the bounds are in it.

    `low` and `high` bound what is read. The mean of a site usually lies within `usual`: outside,
    a reader is told to look at the unit.
    """

    name: str
    meaning: str
    units: tuple[Unit, ...]
    low: float
    high: float
    usual: tuple[float, float]

    @property
    def column(self) -> str:
        """The column's name in the unit that is kept, such as price_usd_per_mwh."""
        return f"{self.name}_{self.units[0].name}"

    @property
    def columns(self) -> tuple[str, ...]:
        """All names the column may have."""
        return tuple(f"{self.name}_{unit.name}" for unit in self.units)

    def range_in(self, unit: Unit) -> str:
        """What may stand in a cell, in `unit`, as it stands in a sentence."""
        low, high = self.low / unit.factor, self.high / unit.factor
        return f"a number from {low:,.10g} to {high:,.10g} {unit.text}"


POWER = (Unit("mw", "MW"), Unit("kw", "kW", 1e-3), Unit("gw", "GW", 1e3))

PRICE = Field(
    "price",
    "Electricity price; may be negative",
    (
        Unit("usd_per_mwh", "USD/MWh"),
        Unit("usd_per_kwh", "USD/kWh", 1e3),
        Unit("uscent_per_kwh", "US cent/kWh", 10.0),
    ),
    -5e3,
    5e4,
    (5.0, 500.0),
)
WATER = Field(
    "water",
    "Water that one MWh of load takes, on site and for its electricity together",
    (
        Unit("m3_per_mwh", "m3/MWh"),
        Unit("l_per_kwh", "L/kWh"),
        Unit("l_per_mwh", "L/MWh", 1e-3),
        Unit("gal_per_mwh", "US gal/MWh", M3_PER_GALLON),
        Unit("gal_per_kwh", "US gal/kWh", M3_PER_GALLON * 1e3),
    ),
    0.0,
    500.0,
    (0.05, 50.0),
)
CARBON = Field(
    "carbon",
    "Carbon (CO2 equivalent) of one MWh",
    (
        Unit("t_per_mwh", "t/MWh"),
        Unit("kg_per_mwh", "kg/MWh", 1e-3),
        Unit("kg_per_kwh", "kg/kWh"),
        Unit("g_per_kwh", "g/kWh", 1e-3),
        Unit("lb_per_mwh", "lb/MWh", KG_PER_POUND * 1e-3),
    ),
    0.0,
    5.0,
    (0.001, 2.0),
)
DEMAND = Field(
    "demand",
    "Load that arises at the site's own gateway; empty or 0 throughout where none does",
    POWER,
    0.0,
    1e6,
    (0.1, 2e4),
)
CAPACITY = Field(
    "capacity",
    "Most load the site can serve; one figure a site",
    POWER,
    0.0,
    SITE_FIGURES["capacity_mw"][2],
    (0.1, 2e4),
)
HOURLY = (PRICE, WATER, CARBON, DEMAND)
FIELDS = {field.name: field for field in (*HOURLY, CAPACITY)}

HOUR_COLUMNS = ("hour", "hour_utc")
RESERVED = ("energy", "cost", *FIELDS)
FURTHER = re.compile(r"(?P<name>[a-z][a-z0-9]*(?:_[a-z0-9]+)*)_(?P<unit>[a-z0-9]+)_per_mwh")
LARGEST_FURTHER = 1e6
ANYTHING = (0.0, LARGEST_FURTHER)


@dataclass(frozen=True)
class SiteColumn:
    """A column that describes a site; `required` unless it may be left out."""

    name: str
    meaning: str
    allowed: str
    required: bool = True


def _site_figure(name: str, meaning: str, required: bool = False) -> SiteColumn:
    unit, low, high = SITE_FIGURES[name]
    return SiteColumn(name, meaning, f"{low:,.10g} to {high:,.10g} {unit}", required)


SITE_COLUMNS = (
    SiteColumn(
        "site",
        "Short name of the site in links and in the other tables",
        "lower-case letters, digits, - and _, beginning with a letter; at most 40",
    ),
    SiteColumn(
        "name",
        "Name that readers see; the short name where left out",
        "at most 80 characters, not beginning with = + - @",
        False,
    ),
    SiteColumn("country", "Country", "ISO 3166 code of three letters, such as DEU"),
    SiteColumn(
        "subdivision", "State or province, for the map", "ISO 3166-2 code, such as US-TX", False
    ),
    _site_figure("latitude", "Where the site lies", required=True),
    _site_figure("longitude", "Where the site lies; west is negative", required=True),
    _site_figure("water_stress_pct", "Fresh water withdrawn, of what is renewed"),
    _site_figure("gdp_per_capita_usd", "Income per head and year"),
    _site_figure("population", "People in the region"),
)
SITE_FIELDS = {column.name: column for column in SITE_COLUMNS}
SOURCE_COLUMNS = ("column", "source", "date", "licence", "quality", "note")


def column_key(heading: str) -> str:
    """A heading as the schema writes it: "Price [USD/MWh]" is price_usd_per_mwh."""
    text = heading.strip().lower()
    for written, meant in SPELLINGS:
        text = text.replace(written, meant)
    return re.sub(r"[^a-z0-9]+", "_", text).strip("_")


SPELLINGS = (
    ("³", "3"),
    ("₂", "2"),
    ("m^3", "m3"),
    ("us$", "usd"),
    ("au$", "aud"),
    ("a$", "aud"),
    ("ca$", "cad"),
    ("c$", "cad"),
    ("nz$", "nzd"),
    ("s$", "sgd"),
    ("r$", "brl"),
    ("$", "dollar"),
    ("€", "eur"),
    ("£", "gbp"),
    ("₹", "inr"),
    ("¥", "yen"),
    ("us cent", "uscent"),
    ("us gal", "gal"),
    ("/", "_per_"),
)
WORDS_OF_UNITS = {
    **dict.fromkeys(("lbs", "pound", "pounds"), "lb"),
    **dict.fromkeys(("tonne", "tonnes"), "t"),
    **dict.fromkeys(("gram", "grams"), "g"),
    **dict.fromkeys(("litre", "litres", "liter", "liters"), "l"),
    **dict.fromkeys(("gallon", "gallons"), "gal"),
}
CARBON_DIOXIDE = re.compile(r"_?co_?2(_?(eq|e|equiv))?(?=_|$)")


def unit_key(written: str) -> str:
    """A unit as the schema writes it: "gCO2eq/kWh" is g_per_kwh, "lbs/MWh" is lb_per_mwh."""
    plain = CARBON_DIOXIDE.sub("", column_key(written))
    words = [WORDS_OF_UNITS.get(word, word) for word in plain.split("_")]
    if len(words) > 1 and words[-1] in ("mwh", "kwh") and words[-2] != "per":
        words.insert(-1, "per")
    return "_".join(words)


def further_field(key: str) -> Field | None:
    """The field of a further footprint by the convention NAME_UNIT_per_mwh, or None."""
    match = FURTHER.fullmatch(key)
    if match is None or match["name"] in RESERVED:
        return None
    name, unit = match["name"], match["unit"]
    written = Unit(f"{unit}_per_mwh", f"{unit}/MWh")
    return Field(name, f"{label_of(name)} of one MWh", (written,), 0.0, LARGEST_FURTHER, ANYTHING)


def label_of(name: str) -> str:
    """How a footprint is called on the page: the word before the unit."""
    words = name.replace("_", " ")
    return words[0].upper() + words[1:]


def footprint_of(field: Field) -> Footprint:
    """What stands in a data set for a field of this schema."""
    unit = field.units[0].name.removesuffix("_per_mwh")
    return Footprint(field.name, unit, label_of(field.name), f"{unit}/MWh")
