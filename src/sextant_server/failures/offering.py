"""What the page of an evidence says of failures: a line for each that is not green by it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from sextant.words.nouns import capital
from sextant_server.evidence.models import Evidence
from sextant_server.failures.models import FailureMode
from sextant_server.failures.queries import standing_on
from sextant_server.failures.reading import Sight

Said = tuple[Sight, str, str]


def lines_of(evidence: Evidence) -> list[Said]:
    """Each mode that this evidence does not show to be green: the mode, a sentence, its page."""
    seen = standing_on(evidence.product_id, evidence, timezone.now().date())
    return [(one, told(one), page_of(one.mode)) for one in seen if one.band != "green"]


def page_of(mode: FailureMode) -> str:
    """Where a mode stands on its product's page."""
    return f"{reverse('failures', args=[mode.product.slug])}#failure-{mode.pk}"


def told(one: Sight) -> str:
    """`Fraudsters change their ways. It fails. A person decides; Tara sees to it.`"""
    how = capital(one.mode.how.rstrip("."))
    return f"{how}. {one.says}{then(one)}"


def then(one: Sight) -> str:
    """What happens now, by the worst band that is possible: ` A person decides (Tara).`"""
    worst = one.possible[-1] if one.possible else "green"
    if worst == "green":
        return ""
    mode = one.mode
    owner = mode.amber_owner if worst == "amber" else mode.red_owner
    response = (
        mode.get_amber_response_display() if worst == "amber" else mode.get_red_response_display()
    )
    if not response:
        return " Nobody has said what happens then."
    open_to = owner is not None and owner.is_active
    by = f"; {owner} sees to it" if open_to else "; nobody sees to it"
    if one.band is None:
        return f" Should it be {worst}: {response}{by}."
    return f" {capital(response)}{by}."
