"""Where one may go: the rail of every page, and the tabs of pages that belong together.

A link is shown to whom its rule admits.
"""

from __future__ import annotations

from dataclasses import dataclass

from sextant_server.core.access import ADMIN, MEMBER, SIGNED_IN, Rule


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its word, its route, the beginning of the routes that belong to it, its rule."""

    word: str
    route: str
    under: str
    rule: Rule


LINKS = (
    Link("Today", "today", "/today/", SIGNED_IN),
    Link("Products", "products", "/products/", SIGNED_IN),
    Link("Bets", "bets", "/bets/", SIGNED_IN),
    Link("Learn", "learn", "/learn/", SIGNED_IN),
    Link("People", "people", "/people/", MEMBER),
    Link("Audit log", "audit_log", "/audit/", ADMIN),
)

TABS: dict[str, tuple[tuple[str, str], ...]] = {
    "bets": (
        ("Which next", "bets"),
        ("Ideas", "ideas"),
        ("Goals", "goals"),
        ("Capacity", "capacity"),
        ("Patterns", "patterns"),
        ("Frameworks", "frameworks"),
    ),
    "learn": (
        ("Words", "learn"),
        ("Lessons", "lessons"),
        ("Your questions", "home"),
        ("Roles", "roles"),
        ("Skills", "skills"),
        ("Outcomes", "outcomes"),
        ("Life cycles", "life_cycles"),
        ("Reading", "reading"),
    ),
}
"""The pages of a section, each by its word and its route."""
