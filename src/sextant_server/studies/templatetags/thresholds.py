"""What the template of the threshold explorer asks of a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.template import Library

from sextant.reports.thresholds.tables import TITLES, equalised_table, groups_table, said

register = Library()


@register.filter
def measures(record: Mapping[str, Any]) -> list[tuple[str, str, str, str, str]]:
    """Each measure: its name, its title, and its figure today, looked at, at the best."""
    today, at, best = record["today"], record["at"], record["best"]
    return [
        (name, title, said(today[name]), said(at[name]), said(best[name]) if best else "")
        for name, title in TITLES.items()
    ]


@register.filter
def figure(estimate: Mapping[str, Any]) -> str:
    """`0.08 USD (0.04 to 0.10)`."""
    return said(estimate)


@register.filter
def spoken(interval: str) -> str:
    """`0.536 to 0.615`."""
    return interval.replace(" – ", " to ")


@register.filter
def shown_at(record: Mapping[str, Any], risk: str) -> Mapping[str, Any] | None:
    """What a user is shown, by the product's risk; None of a record older than previews."""
    held: Mapping[str, Any] = record.get("preview", {})
    return held.get(risk)


@register.filter
def hundredths(share: float) -> str:
    """0.975 as 97.5."""
    return f"{round(100 * share, 6):g}"


@register.filter
def by_group(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tables of every segment: groups today, and what thresholds of their own change."""
    found = []
    for one in record["groups"]:
        head, rows = groups_table(one)
        found.append({"title": f"By {one['segment']}", "head": head, "rows": _labelled(head, rows),
                      "sentences": [] if one["equalised"] else one["sentences"]})  # fmt: skip
        if one["equalised"]:
            head, rows = equalised_table(one)
            title = f"A threshold for each {one['segment']}"
            found.append({"title": title, "head": head, "rows": _labelled(head, rows),
                          "sentences": one["sentences"]})  # fmt: skip
    return found


def _labelled(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[list[tuple[str, Any]]]:
    """Each cell with its column's name, which a phone shows beside it."""
    return [list(zip(head, row, strict=True)) for row in rows]
