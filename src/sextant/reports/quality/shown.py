"""The columns of a profile as a table of short texts, for every form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextant.reports.textbar import SHAPES

Record = Mapping[str, Any]
HEAD = ("column", "kind", "missing", "different", "what it holds")


def rows(record: Record) -> list[tuple[str, str, str, str, str]]:
    """Every column: name, kind, missing cells, different values, range or most frequent value."""
    return [
        (one["name"], one["kind"], f"{one['missing']:,}", _distinct(one), _holds(one))
        for one in record["columns"]
    ]


def apart(findings: list[Record]) -> list[Record]:
    """The findings that are not said beside the population already."""
    return [one for one in findings if one["kind"] != "representation"]


def represented(people: Record) -> Iterator[str]:
    """A line for every group with its mark, what stands beside the groups, how it was judged."""
    for split in people["splits"]:
        for one in split["groups"]:
            yield f"{SHAPES[one['verdict']]} {one['sentence']}"
        yield from split["notes"]
    yield people["how"]


def _distinct(one: Record) -> str:
    return f"{one['distinct']:,}" if one["distinct_exact"] else f"about {one['distinct']:,}"


def _holds(one: Record) -> str:
    if one["low"] is not None:
        low, high, median = one["low"], one["high"], one["quantiles"]["median"]
        if one["kind"] == "whole number" and low >= 1_000 and high < 3_000:  # as years are written
            return f"{low:.0f} to {high:.0f}, median {median:.0f}"
        return f"{low:,g} to {high:,g}, median {median:,.4g}"
    if one["first"]:
        return f"{one['first'][:19]} to {one['last'][:19]}"
    if one["values"]:
        few = one["values"][:3]
        held = ", ".join(f"{each['value']} {each['rows']:,}" for each in few)
        return held + (", …" if len(one["values"]) > 3 else "")
    return f"up to {one['longest']:,} characters" if one["longest"] else ""
