"""What is read of contracts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from django.db.models import QuerySet

from sextant_server.contracts.models import Contract, Signatory, Signature, State
from sextant_server.products.models import Membership, Part, Product

Counted: TypeAlias = dict[Signatory, Signature]
HOLDS = {Signatory.BUSINESS: Part.BUSINESS, Signatory.TECHNICAL: Part.TECHNICAL}


def contracts_of(product: Product) -> QuerySet[Contract]:
    """All revisions, the newest first."""
    return Contract.objects.filter(product=product).select_related(
        "source", "follows", "locked_by", "edited_by", "created_by"
    )


def contract_of(product: Product, number: int) -> Contract | None:
    """One revision by its number."""
    return contracts_of(product).filter(number=number).first()


def draft_of(product: Product) -> Contract | None:
    """The draft, where there is one."""
    return contracts_of(product).filter(state=State.DRAFT).first()


def locked_of(product: Product) -> Contract | None:
    """The contract that decides now, where there is one."""
    return contracts_of(product).filter(state=State.LOCKED).first()


def signatures_on(contract: Contract) -> list[Signature]:
    """The signatures on the text as it stands; those on earlier texts count no more."""
    digest = contract.text_digest
    rows = contract.signatures.select_related("user").order_by("id")
    return [one for one in rows if one.text_digest == digest]


def standing(contract: Contract, signatures: Sequence[Signature] | None = None) -> Counted:
    """The signatures that count for a lock: by open accounts that still hold the part.

    `signatures` are all of the contract's, where somebody has read them already.
    """
    if signatures is None:
        signatures = signatures_on(contract)
    held = {
        (row.user_id, row.part)
        for row in Membership.objects.filter(product=contract.product, user__is_active=True)
    }
    return {
        Signatory(one.part): one
        for one in signatures
        if one.text_digest == contract.text_digest
        and (one.user_id, HOLDS[Signatory(one.part)]) in held
    }
