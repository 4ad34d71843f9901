"""What has been decided of products, and what waits: gates lie above, and tell it from there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from sextant_server.strategy.bindings.memory import remembered


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision of a product that took effect: its word, its day, its page."""

    word: str
    on: date
    href: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The gate of a product that waits: its question, since when, its page.

    `word` is what was decided and waits for a second person; empty where it is still open.
    """

    asks: str
    since: date
    href: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class AtGates:
    """What gates say of one product."""

    decided: Decided | None = None
    waiting: Waiting | None = None


Read = Callable[[Collection[int]], Mapping[int, AtGates]]


def at_gates(products: Collection[int]) -> dict[int, AtGates]:
    """What gates say of each product, by its key; one query, whatever their number."""
    read: Read = import_string(settings.SEXTANT_AT_GATES)
    found = remembered("gates", products, read)
    return {key: found.get(key, AtGates()) for key in products}
