"""A comparison as one self-contained page: no script, no picture file, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from sextant.reports.comparison.record import drawn_bar, record_of
from sextant.reports.html import rendered
from sextant.studies.comparison.result import Comparison


def render(comparison: Comparison) -> str:
    """The page as text; its content security policy allows its own style sheet alone."""
    return page(record_of(comparison))


def page(record: Mapping[str, Any]) -> str:
    """The page of a record, such as was kept."""
    return rendered("comparison/comparison.html.j2", **record, bar=_bar)


def _bar(*of: Any) -> Markup:
    return Markup(drawn_bar(*of))  # noqa: S704 - escapes its label itself
