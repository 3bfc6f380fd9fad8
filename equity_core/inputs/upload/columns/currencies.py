"""Prices in another currency: read with a rate that whoever brings the figures states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from equity_core.inputs.problems import Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.columns.schema import PRICE, Unit, column_key
from equity_core.inputs.upload.formats.sheets import Sheet
from equity_core.inputs.upload.options import UploadAnswers

# ISO 4217, without metals, funds and test codes.
_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
UAH UGX UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
"""
CODES = frozenset(_CODES.split())
# Signs that several currencies share, as `column_key` spells them.
SIGNS = MappingProxyType({"dollar": "$", "yen": "¥"})
US_DOLLAR_COUNTRIES = frozenset(("USA", "PRI", "GUM", "VIR", "ASM", "MNP", "ECU", "SLV", "PAN"))
_PRICE = re.compile(r"(?P<currency>[a-z]{3}|dollar)_?(?P<cent>cents?|ct)?_per_(?P<energy>[mk]wh)")


def currency_of(key: str) -> str:
    """The currency of a price's unit such as eur_per_mwh: a code, "$", "¥", or "" where none."""
    match = _PRICE.fullmatch(key)
    word = match["currency"] if match else ""
    code = word.upper()
    return code if code in CODES and word not in SIGNS else SIGNS.get(word, "")


def priced(key: str, rate: float) -> Unit:
    """The unit of a price such as eur_per_mwh, at `rate` USD for one of its currency."""
    match = _PRICE.fullmatch(key)
    assert match is not None
    currency, cent = currency_of(key), " cent" if match["cent"] else ""
    per_mwh = match["energy"] == "mwh"
    return Unit(
        key,
        f"{currency}{cent}/{'MWh' if per_mwh else 'kWh'}",
        rate * (0.01 if cent else 1.0) * (1.0 if per_mwh else 1e3),
        f" at {rate:.10g} USD per {currency}, stated by whoever brought it",
    )


def with_plain_dollars(answers: UploadAnswers, sheets: Sequence[Sheet]) -> UploadAnswers:
    """Where every site lies in a country of the US dollar, "$" is that."""
    countries = {
        str(country).strip()
        for sheet in sheets
        for heading, cells in sheet.cells.items()
        if column_key(str(heading)) == "country"
        for country in cells.unique()
    }
    if "$" in answers.rates or not countries or not countries <= US_DOLLAR_COUNTRIES:
        return answers
    return replace(answers, rates=MappingProxyType({**answers.rates, "$": 1.0}))


def rate_missing(sheet: Sheet, heading: str, currency: str) -> Problem:
    """The question what one unit of `currency` is worth."""
    several, one = "", ""
    if currency in SIGNS.values():
        several = f"; {currency} is the sign of several currencies"
        one = " (1 for the US dollar)" if currency == "$" else ""
    return Problem(
        sheet.file,
        f"State the rate: what one {currency} is worth in USD{one}. Or convert the "
        f"figures and name the column {PRICE.column}.",
        column=heading,
        value=currency,
        fault=f"the column {shown(heading)} is in {currency}, not in USD{several}",
        asks="rate",
    )
