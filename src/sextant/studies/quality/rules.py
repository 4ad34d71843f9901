"""Rules as text, a line each: a part of the grammar of contracts."""

from __future__ import annotations

from sextant.contracts.grammar.rules import TYPES, Rule, member, name, read_rule, read_rules

__all__ = ["TYPES", "Rule", "member", "name", "read_rule", "read_rules"]
