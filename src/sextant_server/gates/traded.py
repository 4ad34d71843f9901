"""The agreed trade-offs at a gate: what records say of the version before it, kept as they stood.

They decide where a champion is chosen. Here whoever decides sees them, and the decision keeps them.
What no record measures is undecided and never met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sextant_server.candidates.models import Tradeoff
from sextant_server.candidates.traded import at_gate
from sextant_server.candidates.trades import Answer
from sextant_server.evidence.models import Evidence
from sextant_server.gates.beside import LOOKS_AT_EVIDENCE
from sextant_server.products.models import Product, Stage

ABSENT = (
    "No record measures both sides: compare the version with the one whose place it takes, on the"
    " same rows, or run the contract twice."
)


@dataclass(frozen=True, slots=True)
class Traded:
    """What one record says of one trade-off; without `study` and `evidence` there is none.

    `agreed` is the seal of the agreement, `seal` that of the record.
    """

    number: int
    text: str
    verdict: str
    word: str
    says: str
    study: int | None
    evidence: int | None
    late: bool
    agreed: str
    seal: str

    def plain(self) -> dict[str, Any]:
        """As it is kept with a decision."""
        return asdict(self)


def traded(product: Product, target: Stage, evidence: Evidence | None) -> tuple[Traded, ...]:
    """Every trade-off that both sides have agreed to; one query where there is none."""
    if evidence is None or target not in LOOKS_AT_EVIDENCE:
        return ()
    held = Tradeoff.objects.filter(product=product, ended_at=None).exclude(seal="")
    agreed = list(held.order_by("number"))
    if not agreed:
        return ()
    found = at_gate(product, agreed, evidence)
    return tuple(each for one in agreed for each in _of(one, found))


def not_kept(found: Sequence[Traded]) -> str:
    """Which trade-offs nothing shows to be kept, for whoever decides; empty where all are met."""
    told = {f"“{one.text}” ({one.word})": None for one in found if one.verdict != "met"}
    if not told:
        return ""
    return f"What was agreed to be given up is not shown to be kept: {'; '.join(told)}."


def _of(one: Tradeoff, found: Sequence[Answer]) -> list[Traded]:
    answers = [each for each in found if each.text == one.text]
    if not answers:
        return [Traded(one.number, one.text, "undecided", "not measured", ABSENT, None, None,
                       late=False, agreed=one.seal, seal="")]  # fmt: skip
    return [
        Traded(one.number, one.text, each.verdict, each.word, _says(each), each.study,
               each.evidence, each.late, one.seal, each.seal)
        for each in answers
    ]  # fmt: skip


def _says(answer: Answer) -> str:
    return " ".join((answer.headline, *answer.sentences))
