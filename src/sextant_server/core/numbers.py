"""Whole numbers out of what a form sent."""

from __future__ import annotations

from django.http import QueryDict

DIGITS = 9


def number_in(fields: QueryDict, name: str) -> int:
    """The whole number in a field; 0, which nothing has, where the field holds none."""
    text = fields.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0
