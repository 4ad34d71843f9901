"""A comparison whose states were counted elsewhere: from bytes to what can be judged here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.problems import ContractError
from sextant.metrics.paired.metric import Versions
from sextant.metrics.paired.requests import Side
from sextant.metrics.tally import Tally
from sextant.states.state import StateError
from sextant.studies.comparison.asked import Asked, Named
from sextant.studies.comparison.roles import truth_of
from sextant.studies.comparison.sending import Put, Received, question, received, tallied
from sextant_server.contracts.models import Contract
from sextant_server.contracts.queries import contracts_of
from sextant_server.core.errors import Invalid
from sextant_server.evidence.actions import RUNS
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion, VersionState
from sextant_server.studies.kinds.comparing import judged, lines
from sextant_server.studies.kinds.kind import Counted
from sextant_server.studies.models import Study

MOST_UNPACKED, MOST_PARTS = 32 * 2**20, 2**16


@dataclass(frozen=True, slots=True)
class Sent:
    """What was asked, by which contract of the product, and what can be judged of it.

    `rows`: the versions of the product's sources that hold the rows, one a table; empty where they
    hold them not.
    """

    asked: dict[str, Any]
    contract: Contract | None
    counted: Counted
    rows: tuple[SourceVersion, ...] = ()


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
        "margin": held.put.margin, "confidence": held.put.confidence, "roles": held.put.roles,
    }  # fmt: skip
    return Sent(written, contract, counted, _rows(product, contract, held, tally))


def asked_again(study: Study, sides: tuple[Side, Side]) -> Asked:
    """The question of a study that was sent.

    Raises `ContractError`, or `StateError` where the contract says something else now.
    """
    told = study.asked
    contract = contract_from_text(study.contract.text) if study.contract else None
    roles = told.get("roles")
    if contract is None and roles is None:
        raise StateError("The study does not say what its columns mean, number", study.number, "")
    of_numbers = contract is None and roles and roles.get("task") == "regression"
    truth = truth_of(roles["label"]) if of_numbers else ""
    metrics, margin = tuple(lines(told["questions"])), told.get("margin")
    put = Put(metrics, margin, told.get("confidence", 0.95), None, roles, "")
    named = Named(told["name_a"], told["name_b"])
    held = Received(put, Versions(*sides, truth, False), named, study.digest, b"")
    return question(held, contract)


def _rows(
    product: Product, contract: Contract | None, held: Received, tally: Tally
) -> tuple[SourceVersion, ...]:
    """The versions whose snapshots the tables have: of each the contract's source, else the newest.

    None where one is not here, holds fewer rows than were counted, or lacks a column.
    """
    rows = SourceVersion.objects.filter(
        source__product=product, state=VersionState.READY, snapshot__in=held.put.tables
    ).select_related("source").order_by("pk")  # fmt: skip
    known: dict[str, SourceVersion] = {}
    own = contract.source_id if contract else None
    for one in sorted(rows, key=lambda one: one.source_id == own):
        known[one.snapshot] = one
    found = tuple(known[one] for one in held.put.tables if one in known)
    if not found or len(found) < len(held.put.tables):
        return ()
    columns = {column["name"] for one in found for column in one.columns}
    named = {side.column.removesuffix(" (B)") for side in (held.versions.a, held.versions.b)}
    enough = all(tally.snapshot.rows <= (one.rows or 0) for one in found)
    return found if enough and named <= columns else ()


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
