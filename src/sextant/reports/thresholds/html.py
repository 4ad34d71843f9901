"""A record as one self-contained page: no script, no picture file, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from sextant.reports.html import rendered
from sextant.reports.thresholds.pictures import cost_picture, shares_picture
from sextant.reports.thresholds.tables import cuts_table, equalised_table, groups_table


def render(record: Mapping[str, Any]) -> str:
    """The page as text; its content security policy allows its own style sheet alone."""
    return rendered(
        "thresholds/thresholds.html.j2",
        record=record,
        cost=Markup(cost_picture(record)),  # noqa: S704 - escapes its words itself
        shares=Markup(shares_picture(record)),  # noqa: S704
        cuts=cuts_table(record),
        groups=[
            (one, groups_table(one), equalised_table(one) if one["equalised"] else None)
            for one in record["groups"]
        ],
    )
