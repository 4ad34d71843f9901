"""Currencies by their ISO 4217 code. Amounts in two of them are never added or compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

from sextant.strategy.economics.faults import Fault, ValueModelError

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
"""Those whose sign means no other currency to most readers; the others are written by code."""


@cache
def currencies() -> Mapping[str, str]:
    """Every code in use, with the currency's name."""
    lines = files(__package__).joinpath("currencies.txt").read_text("utf-8").splitlines()
    pairs = (line.split(" ", 1) for line in lines if not line.startswith("#"))
    return dict((code, name) for code, name in pairs)  # noqa: C402 - the pairs are lists


def unknown(code: str) -> str:
    """What is wrong with a currency's code; empty where it is one."""
    if code in currencies():
        return ""
    return f"'{code[:12]}' is no currency. Use a code of ISO 4217, three capital letters: EUR, USD."


def one_currency(codes: Collection[str]) -> str:
    """The currency that all of these are; raises ValueModelError where they are several."""
    found = sorted(set(codes))
    if len(found) != 1:
        raise ValueModelError([
            Fault("", f"Amounts in {' and '.join(found) or 'no currency'} cannot be put together."
                  " Count all of them in one.")
        ])  # fmt: skip
    return found[0]
