"""What every record checks before it is kept: texts, ranges, money, words of a short list."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator

from sextant_server.core.errors import Invalid
from sextant_server.products.models import DIGITS, PLACES

CURRENCY = re.compile(r"[A-Z]{3}")
Range = tuple[Decimal | None, Decimal | None]
NONE: Range = (None, None)


def line(text: str, field: str, most: int, needed: str = "") -> str:
    """A text on one line; `needed` says what is asked where it must not be empty."""
    found = " ".join(text.split())
    if len(found) > most:
        raise Invalid(f"At most {most} characters, not {len(found):,}. Shorten it.", field)
    if needed and not found:
        raise Invalid(needed, field)
    return found


def between(given: Range, field: str, needed: str = "") -> Range:
    """A range of numbers of at least 0, whole or not at all; its field is that of its low end."""
    low, high = _number(given[0], field), _number(given[1], field)
    if low is None and high is None:
        if needed:
            raise Invalid(needed, field)
        return NONE
    if low is None or high is None:
        raise Invalid(
            "A range has two ends. Give both; where you are sure, the same number twice.", field
        )
    if low < 0:
        raise Invalid(f"{low:f} lies below 0. Give a number of at least 0.", field)
    if low > high:
        raise Invalid(
            f"It runs from {low:f} down to {high:f}. Give the smaller number first.", field
        )
    return low, high


def money(given: Range, currency: str, field: str) -> tuple[Range, str]:
    """A range of money with its currency; without an amount there is no currency."""
    amount, code = between(given, field), currency.strip().upper()
    if amount == NONE:
        return NONE, ""
    if not CURRENCY.fullmatch(code):
        raise Invalid(
            f"'{currency[:10]}' is no currency. Use three letters: EUR, USD, CHF.", "currency"
        )
    return amount, code


def one_of(word: str, words: Collection[str], field: str, optional: bool = False) -> str:
    """A word of a short list."""
    if word in words or (optional and not word):
        return word
    raise Invalid(f"There is no {field} '{word[:40]}'. Use {', '.join(words)}.", field)


def level(number: int, levels: Collection[int], field: str) -> int:
    """A level of an anchored scale."""
    if number not in levels:
        raise Invalid(f"There is no level {number}. Use {', '.join(map(str, levels))}.", field)
    return number


def _number(number: Decimal | None, field: str) -> Decimal | None:
    try:
        if number is not None:
            DecimalValidator(DIGITS, PLACES)(number)
    except ValidationError:
        raise Invalid(
            f"'{str(number)[:40]}' cannot be kept. Use a number of at most {DIGITS - PLACES} digits"
            f" before the point and {PLACES} after it.", field,
        ) from None  # fmt: skip
    return number
