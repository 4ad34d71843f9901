"""What is computed of a gate before anybody acts: where it can lead, its verdict, who is alone."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import latest_deciding
from sextant_server.gates import queries
from sextant_server.gates.facts import facts_of
from sextant_server.gates.known import Requirement, Verdict
from sextant_server.gates.models import Gate, Outcome
from sextant_server.gates.verdict import requirements, verdict_of
from sextant_server.products.models import STAGES, Product, Stage
from sextant_server.products.queries import alone_since

MOVES = (Outcome.GO, Outcome.CONDITIONAL)


def targets(product: Product) -> list[str]:
    """Where a product can go from its stage: on, back, or out of operation."""
    at = STAGES.index(Stage(product.stage))
    if product.stage == Stage.RETIRED:
        return []
    earlier = [str(stage) for stage in STAGES[:at]]
    return [str(STAGES[at + 1]), *reversed(earlier)]


def goes_against(outcome: str, verdict: Verdict) -> bool:
    """Whether a decision goes against the verdict.

    To go on although it is not met; or to stop although everything that was agreed is met.
    Holding decides nothing yet, so it never does.
    """
    return (outcome in MOVES and verdict != "met") or (outcome == Outcome.STOP and verdict == "met")


def verdict_now(gate: Gate) -> tuple[list[Requirement], Verdict]:
    """What a gate requires and its verdict, computed now."""
    spoken = queries.reviewers_who_spoke(gate)
    return computed(gate, queries.evidence_at(gate), latest_deciding(gate.product), spoken)


def computed(
    gate: Gate, evidence: Evidence | None, newest: Evidence | None, reviewed: Sequence[str]
) -> tuple[list[Requirement], Verdict]:
    """The same from its evidence, the newest one and the reviewers who spoke, read already."""
    facts = facts_of(
        gate.product, Stage(gate.target), evidence, newest, reviewed, timezone.now().date()
    )
    found = requirements(facts)
    return found, verdict_of(found)


def ahead(product: Product) -> list[Requirement]:
    """What the next gate requires, before anybody asks; nothing where no stage is left."""
    found = targets(product)
    if not found:
        return []
    newest, today = latest_deciding(product), timezone.now().date()
    return requirements(facts_of(product, Stage(found[0]), newest, newest, (), today))


def is_alone(product: Product, gate: Gate) -> bool:
    """Whether there was nobody else who could second since the gate was asked for."""
    return alone_since(product, gate.asked_at)
