"""What is done against a risk: taking it on, changing it, giving it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.products.entering import need
from sextant_server.products.models import Membership, Product
from sextant_server.strategy.assessments import resting
from sextant_server.strategy.assessments.catalogue import in_force
from sextant_server.strategy.assessments.models import Measure
from sextant_server.strategy.bindings.reading import Reading, Reference

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure as it is sent: what, by whom, until when, and what shall show that it works."""

    text: str
    owner: User
    due: date
    reference: str = ""


def take_measure(
    by: Acting, product: Product, framework: str, question: str, wanted: Wanted
) -> Measure:
    """Take a measure against the risk that a question asks about."""
    need(by, product, "assess")
    found = in_force().get(framework)
    asked = found.framework.questions.get(question) if found else None
    if asked is None or not asked.once_verified:
        raise Invalid("Choose the risk that the measure is taken against.", "question")
    reading = _reading(product, wanted)
    with transaction.atomic():
        user = need(by, product, "assess")
        _check(product, wanted, new=True)
        made = Measure.objects.create(
            product=product, framework=framework, question=question, text=_text(wanted),
            owner=wanted.owner, due=wanted.due, reference=wanted.reference,
            reading=reading.plain() if reading else None, taken_by=user,
        )  # fmt: skip
        by.record("measure.taken", made.subject, product=product.pk, framework=framework,
                  question=question, owner=f"person:{wanted.owner.pk}",
                  due=wanted.due.isoformat(), reference=wanted.reference)  # fmt: skip
    return made


def change_measure(by: Acting, measure: Measure, wanted: Wanted, version: int) -> Measure:
    """Change a measure; whoever owned it before is in the log."""
    need(by, measure.product, "assess")
    reading = _reading(measure.product, wanted)
    with transaction.atomic():
        need(by, measure.product, "assess")
        held = _standing(measure, version)
        _check(held.product, wanted, new=wanted.due != held.due)
        held.text, held.owner, held.due = _text(wanted), wanted.owner, wanted.due
        if held.reference != wanted.reference:
            held.reference = wanted.reference
            held.reading = reading.plain() if reading else None
        held.version += 1
        held.save()
        by.record("measure.changed", held.subject, product=held.product_id,
                  owner=f"person:{wanted.owner.pk}", due=wanted.due.isoformat(),
                  reference=wanted.reference)  # fmt: skip
    return held


@transaction.atomic
def withdraw_measure(by: Acting, measure: Measure, version: int) -> Measure:
    """Give a measure up; the risk stands again as it was before."""
    need(by, measure.product, "assess")
    held = _standing(measure, version)
    held.withdrawn_at = timezone.now()
    held.version += 1
    held.save()
    by.record("measure.withdrawn", held.subject, product=held.product_id)
    return held


def _standing(measure: Measure, version: int) -> Measure:
    rows = Measure.objects.select_for_update(of=("self",)).select_related("product")
    held = rows.get(pk=measure.pk)
    if held.withdrawn_at is not None:
        raise Conflict("The measure was given up.")
    if held.version != version:
        raise Conflict("Somebody changed this measure since you opened the page. Load it again.")
    return held


def _reading(product: Product, wanted: Wanted) -> Reading | None:
    """What shall verify it says now; only a criterion can be met."""
    if not wanted.reference:
        return None
    try:
        reference = Reference.parse(wanted.reference)
    except ValueError as error:
        raise Invalid(f"{error} Choose one of the list.", "reference") from None
    if reference.kind != "criterion":
        raise Invalid("Only a criterion of the locked contract can verify a measure.", "reference")
    asked = product.pk, reference
    reading = resting.read([asked], timezone.now().date())[asked]
    if reading.absent:
        raise Invalid(f"That says nothing now: {reading.absent} Choose another.", "reference")
    return reading


def _check(product: Product, wanted: Wanted, new: bool) -> None:
    member = Membership.objects.filter(product=product, user=wanted.owner, user__is_active=True)
    if not member.exists():
        raise Invalid(f"{wanted.owner} has no part here, or a closed account. Choose somebody"
                      " else.", "owner")  # fmt: skip
    if new and wanted.due < timezone.now().date():
        raise Invalid(f"{wanted.due:%d %b %Y} has passed. A measure is due later.", "due")


def _text(wanted: Wanted) -> str:
    text = " ".join(wanted.text.split())
    if not text or len(text) > LONGEST:
        raise Invalid(f"A measure is a sentence of at most {LONGEST} characters.", "text")
    return text
