"""What can be asked of an evidence, as links."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from sextant.contracts.problems import ContractError
from sextant_server.evidence.models import Evidence
from sextant_server.studies import kinds
from sextant_server.studies.kinds.kind import Held, Kind


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of study that an evidence can be asked, and its link's words."""

    kind: Kind
    says: str


def offered_of(evidence: Evidence) -> list[Offer]:
    """The kinds that this evidence can answer, from its record and contract alone."""
    held = Held(evidence)
    return [
        Offer(kind, kind.live.says)
        for kind in kinds.KINDS
        if kind.live is not None and not obstacle(kind, held)
    ]


def links_of(evidence: Evidence) -> list[tuple[str, str, str]]:
    """For the evidence's own page: each kind's title, why one would ask it, its address."""
    slug, number = evidence.product.slug, evidence.number
    return [
        (one.kind.title, one.says, reverse("study_live", args=[slug, number, one.kind.name]))
        for one in offered_of(evidence)
    ]


def task_of(evidence: Evidence) -> str:
    """The task of its contract; empty where that cannot be read any more."""
    try:
        return Held(evidence).contract.task
    except ContractError:
        return ""


def obstacle(kind: Kind, held: Held) -> str:
    """Why a kind cannot be asked of an evidence; empty where it can."""
    if kind.live is None:
        return f"{kind.title} is not asked of evidence."
    try:
        return kind.live.obstacle(held)
    except ContractError as error:
        return f"Its contract cannot be read any more. {error}"
