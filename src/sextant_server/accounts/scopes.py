"""What a token may be allowed to do. An app adds its scopes here, with the routes that ask them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission of a token, and how it reads."""

    name: str
    says: str


SCOPES = (
    Scope("account:read", "Read who the token belongs to"),
    Scope("tokens:read", "List your tokens"),
    Scope("tokens:write", "Make tokens with no more rights than its own, and revoke tokens"),
    Scope("products:read", "Read products with their contracts, evidence and gates"),
    Scope("products:write", "Begin and change products"),
    Scope("sources:write", "Register sources and their versions"),
    Scope("contracts:write", "Write drafts of contracts; signing takes a person"),
    Scope("runs:write", "Start runs, cancel them, send states"),
    Scope("gates:write", "Ask for decisions; deciding takes a person"),
)
NAMES = frozenset(scope.name for scope in SCOPES)
