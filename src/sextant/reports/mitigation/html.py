"""Ways of mitigation as one self-contained page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.fairness.shown import ends, figure
from sextant.reports.html import rendered


def render(record: Mapping[str, Any]) -> str:
    """The page of a record, such as was kept."""
    ways = [
        {**one, "rows": [] if one["failed"] else rows(record, one)} for one in record["options"]
    ]
    return rendered("mitigation/page.html.j2", record=record, ways=ways)


def rows(record: Mapping[str, Any], option: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every definition, then every quality of a way: before, after and the change, as one reads."""
    definitions = [
        {
            "name": one["title"], "aimed": name == option["aims_at"],
            "before": _shown(one["before"], "points"), "after": _shown(one["after"], "points"),
            "change": one["change_text"],
        }
        for name, one in option["fairness"].items()
    ]  # fmt: skip
    qualities = [
        {
            "name": name.replace("_", " ").capitalize(), "aimed": False,
            "before": _shown(record["before"][name]), "after": _shown(option["after"][name]),
            "change": change["text"],
        }
        for name, change in option["quality"].items()
    ]  # fmt: skip
    return definitions + qualities


def _shown(one: Mapping[str, Any], unit: str = "%") -> str:
    return one["reason"] if one["estimate"] is None else f"{figure(one, unit)} ({ends(one)})"
