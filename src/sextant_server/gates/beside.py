"""The studies that stand beside a gate's evidence: of its contract, or asked of itself.

They decide nothing by themselves, since a study may be of another version than the product's. Who
decides sees them, and the decision keeps them as they stood.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q

from sextant_server.evidence.models import Evidence
from sextant_server.gates import fair
from sextant_server.products.models import Product, Stage
from sextant_server.studies.models import Study

LOOKS_AT_EVIDENCE = (Stage.LAUNCH, Stage.OPERATIONS)
MOST = 60
"""So many of the newest studies are looked through."""
DEFERRED = ("record", "states", "asked", "figure")


@dataclass(frozen=True, slots=True)
class Beside:
    """A study: what it asks and says, and whether it saw the rows of the evidence."""

    number: int
    kind: str
    title: str
    verdict: str
    answer: str
    headline: str
    same_rows: bool
    question: str
    seal: str

    def plain(self) -> dict[str, Any]:
        """As it is kept with a decision."""
        return asdict(self)


def beside(product: Product, target: Stage, evidence: Evidence | None) -> tuple[Beside, ...]:
    """Of each question the newest study, the newest first; one query.

    A gate that asks for a fairness review names it among what it requires, and not again here.
    """
    if evidence is None or target not in LOOKS_AT_EVIDENCE:
        return ()
    rows = Study.objects.filter(product=product).defer(*DEFERRED).order_by("-number")
    mine = rows.filter(Q(contract=evidence.contract_id) | Q(evidence=evidence.pk))
    if target in fair.ASKS:
        mine = mine.exclude(kind=fair.KIND)
    newest: dict[str, Study] = {}
    for one in mine[:MOST]:
        newest.setdefault(one.question or one.seal, one)
    return tuple(_of(one, evidence) for one in newest.values())


def _of(one: Study, evidence: Evidence) -> Beside:
    return Beside(
        one.number, one.kind, one.title, one.verdict, one.answer, one.headline,
        fair.same_rows(one, evidence), one.question, one.seal,
    )  # fmt: skip
