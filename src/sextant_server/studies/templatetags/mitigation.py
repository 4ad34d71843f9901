"""What the pages of fairness and of mitigation ask: tables of a record, links to what helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from sextant.lab.mitigating import WAYS
from sextant.lab.needs import missing
from sextant.reports.mitigation.html import rows
from sextant.studies.fairness.asked import CROSS
from sextant_server.evidence.models import Evidence
from sextant_server.products.models import Product
from sextant_server.studies.kinds import mitigation, thresholds
from sextant_server.studies.kinds.comparing import lines
from sextant_server.studies.kinds.kind import Held
from sextant_server.studies.models import Study
from sextant_server.studies.offering import obstacle

register = template.Library()
Record = Mapping[str, Any]
SAME = ("version", "contract", "label", "positive", "score", "scale")
"""What a review of rows and a mitigation of them are both asked."""


@register.simple_tag
def before_after(record: Record, option: Record) -> list[dict[str, Any]]:
    """Every definition, then every quality: before, after and the change as they are read."""
    return rows(record, option)


@register.simple_tag
def left_out(record: Record) -> list[tuple[str, str]]:
    """The ways that were not tried, by their titles, and why."""
    titles = {one.name: one.title for one in WAYS}
    return [(titles.get(one["way"], one["way"]), one["why"]) for one in record["left_out"]]


@register.simple_tag
def remedies(
    record: Record, product: Product, evidence: Evidence | None, study: Study | None
) -> dict[str, str]:
    """Where what could be done stands: `thresholds`, `mitigation` addresses; `missing`."""
    by = next((one["name"] for one in record["groupings"] if len(one["by"]) == 1), "")
    asked: dict[str, Any] = {}
    if evidence:
        asked["contract"] = evidence.contract.number
    elif study:
        asked = {name: one for name, one in study.asked.items() if name in SAME}
        by = next((one for one in lines(study.asked.get("by")) if not CROSS.search(one)), by)
    query = urlencode({name: one for name, one in {**asked, "by": by}.items() if one})
    found = {
        "mitigation": f"{reverse('study_new', args=[product.slug, mitigation.KIND.name])}?{query}",
        "missing": missing(),
        "thresholds": "",
    }
    if evidence and not obstacle(thresholds.KIND, Held(evidence)):
        place = [product.slug, evidence.number, thresholds.KIND.name]
        found["thresholds"] = reverse("study_live", args=place)
    return found
