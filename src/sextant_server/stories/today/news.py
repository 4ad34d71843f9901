"""Evidence that arrived since the last visit, negative results included."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from sextant_server.evidence.models import Evidence
from sextant_server.stories.line import Line, of


def news(arrived: Iterable[Evidence]) -> list[Line]:
    """One line an evidence, the newest first."""
    return [
        Line(
            says=of(one.product, one.headline),
            why=_why(one),
            href=reverse("evidence_one", args=[one.product.slug, one.number]),
            label="Read",
            verdict=one.verdict,
        )
        for one in arrived
    ]


def _why(one: Evidence) -> str:
    at = f"Evidence {one.number}, {one.recorded_at.day} {one.recorded_at:%b, %H:%M} UTC"
    if one.draft:
        return f"{at}, of a draft: it decides nothing."
    return f"{at}. It decides nothing. {one.aside}" if one.aside else f"{at}."
