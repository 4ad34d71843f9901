"""What changes trade-offs: propose, agree for a side, end."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone

from sextant.contracts.problems import ContractError
from sextant_server.accounts.acting import Acting
from sextant_server.audit.seals import seal_of
from sextant_server.candidates.models import Tradeoff
from sextant_server.candidates.trades import locked_contract, normal_text
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.core.storable import check_storable
from sextant_server.products.entering import need
from sextant_server.products.models import Product

SIDES = {"business": "sign_business", "technical": "sign_technical"}
"""The side of an agreement, and the ability that it takes."""
MOST_WHY = 1_000
MOST_TRADEOFFS = 12


@transaction.atomic
def propose(by: Acting, product: Product, text: str, why: str) -> Tradeoff:
    """Put a trade-off before both sides, in the terms of the locked contract."""
    user = need(by, product, "candidates")
    Product.objects.select_for_update().get(pk=product.pk)
    check_storable({"text": text, "why": why})
    contract = locked_contract(product)
    if contract is None:
        raise Conflict("A locked contract comes first: it says what is measured.")
    try:
        written = normal_text(text.strip(), contract)
    except ContractError as error:
        raise Invalid(
            " ".join(f"{one.what} {one.remedy}" for one in error.problems), "text"
        ) from None
    reason = why.strip()
    if not reason or len(reason) > MOST_WHY:
        raise Invalid(f"Say why it is worth that, in at most {MOST_WHY:,} characters.", "why")
    held = Tradeoff.objects.filter(product=product)
    running = held.filter(ended_at=None)
    if running.filter(text=written).exists():
        raise Invalid("That is proposed or agreed already.", "text")
    if running.count() >= MOST_TRADEOFFS:
        raise Conflict(f"{MOST_TRADEOFFS} are proposed or agreed. End one first.")
    last: int | None = held.aggregate(last=models.Max("number"))["last"]
    made = Tradeoff.objects.create(
        product=product, number=(last or 0) + 1, text=written, why=reason, proposed_by=user
    )
    by.record("tradeoff.proposed", made.subject, product=product.pk, text=written)
    return made


@transaction.atomic
def agree(by: Acting, tradeoff: Tradeoff, side: str) -> Tradeoff:
    """Agree for one side. With the second side's word it counts, under a seal."""
    if by.token or side not in SIDES:
        raise NotAllowed("A person agrees in a browser, for the business or technically.")
    user = need(by, tradeoff.product, SIDES[side])
    product = Product.objects.select_for_update().get(pk=tradeoff.product_id)
    held = Tradeoff.objects.select_for_update().get(pk=tradeoff.pk)
    if held.ended_at:
        raise Conflict("It was ended.")
    if getattr(held, f"{side}_by_id"):
        raise Conflict(f"The {side} side has agreed already.")
    others = {held.business_by_id, held.technical_by_id}
    if user.pk in others and not product.solo:
        raise NotAllowed("You have agreed for the other side. Another person speaks for this one.")
    setattr(held, f"{side}_by", user)
    setattr(held, f"{side}_at", timezone.now())
    by.record("tradeoff.signed", held.subject, product=product.pk, side=side, text=held.text)
    if held.in_force:
        held.seal = seal_of(held)
        by.record("tradeoff.agreed", held.subject, product=product.pk, text=held.text,
                  seal=held.seal)  # fmt: skip
    held.save()
    return held


@transaction.atomic
def end(by: Acting, tradeoff: Tradeoff, why: str) -> Tradeoff:
    """A side ends it; it is kept with the reason and counts no more."""
    user = by.person()
    if by.token:
        raise NotAllowed("A person ends it in a browser.")
    need(by, tradeoff.product, "lock")
    held = Tradeoff.objects.select_for_update().get(pk=tradeoff.pk)
    check_storable({"why": why})
    reason = why.strip()
    if held.ended_at:
        raise Conflict("It was ended already.")
    if not reason or len(reason) > MOST_WHY:
        raise Invalid(f"Say why, in at most {MOST_WHY:,} characters.", "why")
    held.ended_by, held.ended_at, held.ended_why = user, timezone.now(), reason
    held.save(update_fields=["ended_by", "ended_at", "ended_why"])
    by.record("tradeoff.ended", held.subject, product=held.product_id, text=held.text,
              reason=reason[:300])  # fmt: skip
    return held
