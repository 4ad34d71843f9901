"""The facts that a gate's verdict is computed from, read from the records."""

from __future__ import annotations

from datetime import date

from sextant_server.contracts.models import State as ContractState
from sextant_server.contracts.queries import locked_of
from sextant_server.evidence.models import Evidence
from sextant_server.gates import queries
from sextant_server.gates.models import Gate
from sextant_server.gates.verdict import Facts, Found
from sextant_server.products.models import Automation, Part, Product, Risk, Stage
from sextant_server.products.queries import holders


def facts_of(
    product: Product, target: Stage, evidence: Evidence | None, gate: Gate | None, today: date
) -> Facts:
    """What is so now; `evidence` is what the gate looks at, or would."""
    contract = locked_of(product)
    owners = holders(product, Part.OWNER)
    signed = contract.signed if contract else []
    names = queries.names([person for _, person, _ in signed])
    return Facts(
        origin=Stage(product.stage),
        target=target,
        today=today,
        outcome=product.outcome,
        problem=product.problem,
        affected=product.affected,
        owner=str(owners[0]) if owners else "",
        risk=Risk(product.risk),
        automation=Automation(product.automation),
        contract=contract.number if contract else None,
        signed=tuple(names),
        evidence=found_of(evidence) if evidence else None,
        reviewed=tuple(queries.reviewers_who_spoke(gate)) if gate else (),
        overdue=tuple(one.text for one in queries.overdue(product, today)),
    )


def found_of(evidence: Evidence) -> Found:
    """What of evidence decides."""
    return Found(
        number=evidence.number,
        verdict=evidence.verdict,  # type: ignore[arg-type]
        headline=evidence.headline,
        draft=evidence.draft,
        expires_on=evidence.expires_on,
        seen=evidence.seen_number,
        contract=evidence.contract.number,
        stands=evidence.contract.state == ContractState.LOCKED,
    )
