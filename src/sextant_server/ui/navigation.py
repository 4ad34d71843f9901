"""The rail: where one may go from every page. A link is shown to whom its rule admits."""

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
    Link("People", "people", "/people/", MEMBER),
    Link("Audit log", "audit_log", "/audit/", ADMIN),
)
