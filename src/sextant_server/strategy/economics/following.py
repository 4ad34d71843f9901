"""Which record an input may follow: one that speaks of the same thing, in the same unit."""

from __future__ import annotations

from sextant.strategy.economics import BY_NAME
from sextant_server.core.errors import Invalid
from sextant_server.strategy.bindings import units
from sextant_server.strategy.bindings.reading import Reading, Reference
from sextant_server.strategy.economics.reading import fits, follows

WORDS = {"count": "a count", "share": "a share", "money": "an amount of money",
         "months": "a number of months"}  # fmt: skip
"""In what an input is counted, in words."""


def reference_for(name: str, text: str) -> Reference:
    """The record that an input is to follow. Raises `Invalid` with the field."""
    if name not in BY_NAME:
        raise Invalid(f"There is no input '{name[:40]}'. Choose one of the list.", "name")
    try:
        return Reference.parse(text)
    except ValueError as error:
        raise Invalid(f"{error} Choose one of the list.", "reference") from None


def check_fits(name: str, asked: Reference, reading: Reading) -> None:
    """Raises `Invalid` where a record speaks of something else than the input asks for."""
    if not fits(name, asked, reading.of):
        told = _units(name, asked, reading.counted)
        raise Invalid(
            f"“{BY_NAME[name].asks}” is not what {follows(asked)} says{told}. A quality follows its"
            " own rate, the number of people a count of rows.", "reference",
        )  # fmt: skip


def _units(name: str, asked: Reference, told: str) -> str:
    """Where an input and a record are counted in different units: which ones."""
    mine, its = BY_NAME[name].unit, units.counted(asked, told)
    return "" if mine == its else f": the one is {WORDS[mine]}, the other {units.WORDS[its]}"
