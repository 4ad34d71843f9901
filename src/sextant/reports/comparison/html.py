"""A comparison as one self-contained page: no script, no picture file, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from sextant.reports.comparison.record import drawn_bar, record_of
from sextant.reports.html import rendered
from sextant.reports.tradeoffs import as_dict
from sextant.studies.comparison.result import Comparison
from sextant.studies.tradeoffs.result import Weighed


def render(comparison: Comparison, trades: Sequence[Weighed] = ()) -> str:
    """The page as text; its content security policy allows its own style sheet alone.

    `trades`: agreed trade-offs that were weighed on the same states.
    """
    return page(record_of(comparison), [as_dict(one) for one in trades])


def page(record: Mapping[str, Any], trades: Sequence[Mapping[str, Any]] = ()) -> str:
    """The page of a record, such as was kept."""
    return rendered("comparison/comparison.html.j2", **record, bar=_bar, trades=trades)


def _bar(*of: Any) -> Markup:
    return Markup(drawn_bar(*of))  # noqa: S704 - escapes its label itself
