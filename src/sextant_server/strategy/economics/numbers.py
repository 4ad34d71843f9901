"""Numbers as people write them in a form, refused with a remedy where they can be misread."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from sextant.strategy.economics.currencies import SIGNS, currencies
from sextant.strategy.economics.inputs import Unit

SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")
PLAIN = re.compile(r"[-+−]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?")
MOST = 40


class Unreadable(ValueError):
    """A text that is no number that can be used; the sentence says why and what to write."""


def parse(text: str, unit: Unit, currency: str) -> Decimal:
    """The number in a text; a share is written in per cent and given as a fraction."""
    shown = text.strip()[:MOST]
    bare = SPACES.sub("", shown)
    if unit == "share":
        bare = bare.removesuffix("%")
    if "," in bare:
        raise Unreadable(
            f"“{shown}” has a comma, which can be read in two ways. Write a point for decimals"
            " (0.5) and no mark for thousands (120000)."
        )
    if foreign := _currency_in(bare):
        raise Unreadable(
            f"“{shown}” names the currency {foreign}. All amounts of a model are in {currency}:"
            " convert it if need be, and write the number alone."
        )
    if not PLAIN.fullmatch(bare):
        raise Unreadable(f"“{shown}” is no number. Write it in digits: 1200 or 0.5.")
    try:
        number = Decimal(bare.replace("−", "-"))
    except InvalidOperation:
        raise Unreadable(f"“{shown}” is no number. Write it in digits: 1200 or 0.5.") from None
    return number / 100 if unit == "share" else number


def written(number: Decimal | None, unit: Unit) -> str:
    """A number as the form shows it: in per cent where it is a share, without needless zeros."""
    if number is None:
        return ""
    shown = number * 100 if unit == "share" else number
    text = f"{shown:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _currency_in(text: str) -> str:
    """The currency that a text names; empty where it names none."""
    for code, sign in SIGNS.items():
        if sign in text:
            return code
    letters = "".join(x for x in text if x.isalpha()).upper()
    return letters if letters in currencies() else ""
