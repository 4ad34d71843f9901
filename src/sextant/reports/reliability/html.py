"""A calibration study as one self-contained page: no script, no picture file, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from sextant.reports.html import rendered
from sextant.reports.reliability.pictures import picture

MOST = 24


def render(record: Mapping[str, Any]) -> str:
    """The page as text; its content security policy allows its own style sheet alone."""
    within = float(record["question"]["within"])
    whole, *groups = record["curves"]
    return rendered(
        "reliability/reliability.html.j2",
        **record,
        whole=whole,
        groups=groups[:MOST],
        more=max(len(groups) - MOST, 0),
        picture=lambda curve: Markup(picture(curve, within)),  # noqa: S704 - escapes its label
    )
