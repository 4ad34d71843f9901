"""Promises broken or at risk: the worst open promise of each product, with since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from sextant.words.numbers import word
from sextant_server.evidence.models import Evidence
from sextant_server.gates.models import Decision
from sextant_server.products.models import Product
from sextant_server.stories.line import Line, of, ranked, stake

SEVERE = {"missed": 1, "undecided": 0}
LABELS = {"missed": "See why", "undecided": "What would decide it"}


def promises(
    products: Iterable[Product],
    evidence: Mapping[int, Sequence[Evidence]],
    decided: Mapping[int, Decision],
    today: date,
) -> list[Line]:
    """One line a product whose newest evidence leaves a promise broken or open.

    `decided`: what was decided on that evidence, by its key.

    What is live and can hurt most stands first, then what is missed, then by how far.
    """
    lines = []
    for product in products:
        history = evidence.get(product.pk, [])
        if history and not expired(history[0], today) and history[0].verdict != "met":
            lines.append(_line(product, history, decided.get(history[0].pk)))
    return ranked(lines)


def expired(evidence: Evidence, today: date) -> bool:
    """Whether evidence has outlived what its contract allows."""
    return evidence.expires_on is not None and evidence.expires_on < today


def _line(product: Product, history: Sequence[Evidence], decided: Decision | None) -> Line:
    newest = history[0]
    where = reverse("evidence_one", args=[product.slug, newest.number])
    open_ones = newest.brief["open"]
    if not open_ones:
        return Line(of(product, newest.headline), where, "Read", verdict=newest.verdict)
    worst = max(open_ones, key=lambda one: (SEVERE[one["verdict"]], one["beyond"]))
    says = [
        worst["figures"],
        _since(worst, history),
        _others(len(open_ones) - 1),
        _decided(decided),
    ]
    anchor = "open" if worst["verdict"] == "undecided" else worst["id"]
    return Line(
        says=of(product, worst["sentence"]),
        href=f"{where}#{anchor}",
        label=LABELS[worst["verdict"]],
        why=" ".join(one for one in says if one),
        verdict=worst["verdict"],
        rank=(*stake(product), SEVERE[worst["verdict"]], worst["beyond"]),
    )


def _since(worst: Mapping[str, Any], history: Sequence[Evidence]) -> str:
    """Since when it has been so, as far as the last evidences tell."""
    oldest = history[0]
    for earlier in history[1:]:
        verdicts = {one["text"]: one["verdict"] for one in earlier.brief["open"]}
        if verdicts.get(worst["text"]) != worst["verdict"]:
            when = f"{oldest.recorded_at.day} {oldest.recorded_at:%b}"
            before = verdicts.get(worst["text"], "met")
            return f"So since evidence {oldest.number} of {when}; {before} before."
        oldest = earlier
    return ""


def _decided(decision: Decision | None) -> str:
    """What was decided in spite of it, or because of it."""
    if decision is None or decision.effective_at is None:
        return ""
    at, outcome = decision.effective_at, decision.get_outcome_display().lower()
    return f"Decided on {at.day} {at:%b} at gate {decision.gate.number}: {outcome}."


def _others(count: int) -> str:
    if not count:
        return ""
    return f"{word(count).capitalize()} more {'promise is' if count == 1 else 'promises are'} open."
