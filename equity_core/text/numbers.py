"""Numbers as readers see them: three significant digits, thousands separators, a true minus sign.

Tables and files keep full precision; everything in a sentence, figure or legend goes through here.
"""

from __future__ import annotations

import math

from equity_core.outcome.percent import in_percent

MINUS = "\N{MINUS SIGN}"
LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
LARGEST_IN_WORDS = 1e15
SMALLEST = 0.001  # a litre, a kilogram, a tenth of a cent: smaller amounts are not spelt out
SAME_PERCENT = 1e-4  # the relative 1e-6 below which a comparison calls a region unchanged
NO_CHANGE = "no change"
NEARLY_ALL, SHORT_OF_ALL, WHOLE, FEWER = 99.0, 99.9, 100.0, 2
"""From so many percent on a percentage has three digits, and stays so far short of all; below that
it has so many."""
NOT_KNOWN = "not known"
UNIT_TEXT = {"m3": "m³", "t": "t", "usd": "USD", "mwh": "MWh", "%": "%"}

OLYMPIC_POOL_M3 = 2500.0
CAR_YEAR_T = 4.6


def number(value: float, digits: int = 3) -> str:
    """`value` to at most `digits` digits: 1,820; 21.3; −0.5; <0.001; >−0.001; 1.2e18."""
    if not math.isfinite(value):
        return NOT_KNOWN
    if -SMALLEST < value < 0:
        return f">{MINUS}{SMALLEST:g}"
    sign = MINUS if value < 0 else ""
    return sign + _magnitude(abs(value), digits)


def _magnitude(size: float, digits: int) -> str:
    if size == 0:
        return "0"
    if size < SMALLEST:
        return f"<{SMALLEST:g}"
    rounded = float(f"{size:.{digits}g}")
    if rounded >= LARGEST_IN_WORDS:
        return f"{rounded:.{digits - 1}e}".replace("e+", "e")
    decimals = max(0, digits - 1 - math.floor(math.log10(rounded)))
    text = f"{rounded:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text


def signed(value: float, digits: int = 3) -> str:
    """`number` with a plus sign before rises; zero carries none."""
    return ("+" if value > 0 and math.isfinite(value) else "") + number(value, digits)


def unit_text(unit: str) -> str:
    """A unit code of the data ("m3", "usd") as readers know it ("m³", "USD")."""
    return UNIT_TEXT.get(unit.lower(), unit)


def large(value: float, digits: int = 3) -> str:
    """`number`, from a million on in words: "11.3 billion"."""
    rounded = abs(float(f"{value:.{digits}g}"))
    for size, word in LARGE:
        if size <= rounded < LARGEST_IN_WORDS:
            return f"{number(value / size, digits)} {word}"
    return number(value, digits)


def amount(value: float, unit: str, digits: int = 3) -> str:
    """`value` with its unit: "1,820 m³", "118 t", "$337,000", "$11.3 billion", "30.2%"."""
    return _with_unit(large(value, digits), unit)


def in_digits(value: float, unit: str) -> str:
    """`amount` without words for large numbers, for columns: "51,700,000 m³"."""
    return _with_unit(number(value), unit)


def change(value: float, unit: str, digits: int = 3) -> str:
    """A signed difference with its unit, or "no change" where it is too small to show."""
    if abs(value) < (SAME_PERCENT if unit == "%" else SMALLEST):
        return NO_CHANGE
    sign = "+" if value > 0 and math.isfinite(value) else ""
    return _with_unit(sign + large(value, digits), unit)


def _with_unit(text: str, unit: str) -> str:
    if text == NOT_KNOWN:
        return text
    if unit == "%":
        return f"{text}%"
    if unit.lower() == "usd":
        size = text.lstrip(f"+<>{MINUS}")
        return f"{text.removesuffix(size)}${size}"
    return f"{text} {unit_text(unit)}"


def percent(value: float, digits: int = 3) -> str:
    """A percentage: 15.4 becomes "15.4%"."""
    return amount(value, "%", digits)


def percent_change(value: float, digits: int = 3) -> str:
    """A signed percentage, "no change" below 0.0001% (the tolerance of a comparison)."""
    return change(value, "%", digits)


def rounded(percents: float) -> str:
    """A percentage as a sentence has it: "400%", "28%", "5.6%", "0.01%".

    Data are not known to more digits; those stand at the pointer and in files. What is nearly all
    never reads as all.
    """
    size = abs(percents)
    if NEARLY_ALL <= size < WHOLE:
        return percent(math.copysign(min(size, SHORT_OF_ALL), percents))
    return percent(percents, 3 if size >= WHOLE else FEWER if size >= 1 else 1)


def rounded_change(percents: float) -> str:
    """`rounded` with its sign, "no change" where `percent_change` says so."""
    if percent_change(percents) == NO_CHANGE:
        return NO_CHANGE
    sign = "+" if percents > 0 and math.isfinite(percents) else ""
    return f"{sign}{rounded(percents)}"


def unchanged(before: float, after: float) -> bool:
    """Whether a comparison calls two figures the same."""
    return math.isclose(before, after, rel_tol=SAME_PERCENT / 100, abs_tol=1e-9)


def more_or_less(before: float, after: float, unit: str) -> str:
    """ "30% less"; in absolute terms where the baseline leaves no percentage."""
    size, word = abs(after - before), "more" if after > before else "less"
    text = amount(size, unit) if before <= 0 else rounded(in_percent(size, before))
    return f"{text} {word}"


def joined(parts: list[str], last: str = "and") -> str:
    """A list in words: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def everyday(value: float, unit: str) -> str:
    """An everyday equivalent of an amount of water (m3) or carbon (t); "" for other units.

    Water: an Olympic pool of 50 m x 25 m x 2 m, the least depth that World Aquatics' facilities
    rules allow, 2,500 m3. Carbon: a typical passenger car's yearly tailpipe CO2, 4.6 t (United
    States Environmental Protection Agency, EPA-420-F-23-014, June 2023).
    """
    size = abs(value)
    if unit == "m3":
        return f"about {_count(size / OLYMPIC_POOL_M3, 'Olympic pool')} of 2,500 m³"
    if unit == "t":
        cars = _count(size / CAR_YEAR_T, "passenger car")
        return f"about the yearly exhaust of {cars} at 4.6 t each (US EPA, 2023)"
    return ""


def _count(value: float, noun: str) -> str:
    text = number(value, 2)
    return f"{text} {noun}" if text == "1" else f"{text} {noun}s"
