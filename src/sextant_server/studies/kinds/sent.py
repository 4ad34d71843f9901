"""A comparison whose states were counted elsewhere: from bytes to what can be judged here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.problems import ContractError
from sextant.states.state import StateError
from sextant.studies.comparison.sending import question, received, tallied
from sextant_server.contracts.models import Contract
from sextant_server.contracts.queries import contracts_of
from sextant_server.core.errors import Invalid
from sextant_server.evidence.actions import RUNS
from sextant_server.products.models import Product
from sextant_server.studies.kinds.comparing import judged
from sextant_server.studies.kinds.kind import Counted

MOST_UNPACKED, MOST_PARTS = 32 * 2**20, 2**16


@dataclass(frozen=True, slots=True)
class Sent:
    """What was asked, by which contract of the product, and what can be judged of it."""

    asked: dict[str, Any]
    contract: Contract | None
    counted: Counted


def comparison_sent(product: Product, body: bytes, who: str, today: date, code: str) -> Sent:
    """Raises `Invalid` for bytes that are no question, or states that do not answer it."""
    try:
        held = received(body)
        contract = _contract(product, held.put.contract)
        asked = question(held, contract_from_text(contract.text) if contract else None)
        tally = tallied(held, asked, MOST_UNPACKED, MOST_PARTS)
    except StateError as error:
        raise Invalid(str(error), "states") from None
    except (ContractError, ValueError) as error:
        raise Invalid(str(error), "question") from None
    told = f"states sent by {who}" + (f" ({held.put.source[:120]})" if held.put.source else "")
    counted = Counted(
        asked.digest(), lambda ledger: judged(asked, tally, ledger, told, today, code, True)
    )
    written = {
        "a": held.versions.a.column, "b": held.versions.b.column, "name_a": held.names.a,
        "name_b": held.names.b, "questions": "\n".join(held.put.metrics), "sent": True,
    }  # fmt: skip
    return Sent(written, contract, counted)


def _contract(product: Product, digest: str | None) -> Contract | None:
    if digest is None:
        return None
    rows = contracts_of(product).filter(digest=digest, state__in=RUNS)
    found = rows.order_by("-state").first()
    if found is None:
        raise Invalid(
            "The product has no locked contract and no draft of this digest: what was counted is"
            " not what is agreed here. Export the contract, and compare with that.",
            "contract",
        )
    return found
