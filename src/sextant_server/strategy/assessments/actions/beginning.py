"""Beginning an assessment, asking people for their answers, uncovering what they have said."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.seals import json_digest
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.products.abilities import ABILITIES
from sextant_server.products.entering import need
from sextant_server.products.models import Membership, Product
from sextant_server.strategy.assessments import catalogue
from sextant_server.strategy.assessments.actions.frameworks import pinned
from sextant_server.strategy.assessments.models import Answer, Asked, Assessment

STALE = "The assessment has changed since you opened the page. Load it again and read what is new."


@transaction.atomic
def begin(by: Acting, product: Product, key: str, people: Collection[User] = ()) -> Assessment:
    """Begin to answer a framework for a product; who begins it is asked, and so are `people`."""
    user = need(by, product, "assess")
    Product.objects.select_for_update().get(pk=product.pk)
    if held := Assessment.objects.filter(product=product, key=key, ended_at=None).first():
        raise Conflict(f"It was begun already, as assessment {held.number}. Answer that one.")
    found = catalogue.in_force().get(key)
    if found is None:
        raise Invalid(f"There is no framework “{key[:60]}”. Choose one of the list.", "key")
    return _begin(by, user, product, key, people)


@transaction.atomic
def ask(by: Acting, assessment: Assessment, people: Collection[User]) -> Assessment:
    """Ask further people for their answers, as long as nobody has seen the others'."""
    need(by, assessment.product, "assess")
    held = locked(assessment)
    if not held.blind:
        raise Conflict("The answers are uncovered: who answers now has seen them.")
    _ask(by, held, people)
    return held


@transaction.atomic
def uncover(by: Acting, assessment: Assessment, version: int) -> Assessment:
    """Show everybody what everybody has answered. It cannot be covered again."""
    user = need(by, assessment.product, "settle")
    held = locked(assessment)
    if not held.blind:
        raise Conflict("The answers are uncovered already.")
    if held.version != version:
        raise Conflict(STALE)
    if not Answer.objects.filter(assessment=held, superseded_at=None).exists():
        raise Conflict("Nobody has answered yet: there is nothing to uncover.")
    uncovered(by, held, user)
    return held


@transaction.atomic
def begin_anew(by: Acting, assessment: Assessment) -> Assessment:
    """Begin again under the version in force; answers to unchanged questions are carried over.

    They keep who gave them, when, and what they rest on. Everybody is asked again, and nobody sees
    the others' answers until they are uncovered.
    """
    user = need(by, assessment.product, "assess")
    Product.objects.select_for_update().get(pk=assessment.product_id)
    held = locked(assessment)
    found = catalogue.in_force().get(held.key)
    if found is None or found.is_pinned_by(held.framework):
        raise Conflict(
            f"{held.framework} is in force: there is no newer one to begin under. Answer here."
        )
    held.ended_at = timezone.now()
    changed(held)
    people = [one.user for one in held.asked.select_related("user") if one.user.is_active]
    made = _begin(by, user, held.product, held.key, people, follows=held)
    kept = catalogue.unchanged(held.framework, made.framework)
    rows = held.answers.filter(superseded_at=None, question__in=kept, settles=False)
    for row in rows:
        row.pk, row.assessment = None, made
        row.save()
    return made


def locked(assessment: Assessment) -> Assessment:
    """The assessment as it stands, held for this transaction. Refuses one that has ended."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("framework", "product")
    held = rows.get(pk=assessment.pk)
    if held.ended_at is not None:
        raise Conflict(f"Assessment {held.number} has ended: a newer one has taken its place.")
    return held


def changed(held: Assessment) -> None:
    """Keep that something has changed which everybody can see: pages before it have grown old."""
    held.version += 1
    held.changed_at = timezone.now()
    held.save()


def uncovered(by: Acting, held: Assessment, user: User | None) -> None:
    """Uncover it; the log gets the digest of what had been answered until then."""
    rows = Answer.objects.filter(assessment=held, superseded_at=None).order_by("id")
    said = [[row.question, row.by_id, row.value, row.why, row.grade] for row in rows]
    held.uncovered_at, held.uncovered_by = timezone.now(), user
    changed(held)
    by.record("assessment.uncovered", held.subject, product=held.product_id, answers=len(said),
              digest=json_digest(said), by_itself=user is None)  # fmt: skip


def _begin(
    by: Acting, user: User, product: Product, key: str, people: Collection[User],
    follows: Assessment | None = None,
) -> Assessment:  # fmt: skip
    framework = pinned(by, catalogue.in_force()[key])
    last = Assessment.objects.filter(product=product).aggregate(last=Max("number"))["last"] or 0
    made = Assessment.objects.create(
        product=product, framework=framework, key=key, number=last + 1, follows=follows,
        begun_by=user,
    )  # fmt: skip
    by.record("assessment.begun", made.subject, product=product.pk, number=made.number,
              framework=framework.key, version=framework.number,
              digest=framework.digest)  # fmt: skip
    _ask(by, made, [user, *people])
    return made


def _ask(by: Acting, held: Assessment, people: Collection[User]) -> None:
    """Ask those who are not asked yet; each must be able to answer."""
    for person in dict.fromkeys(people):
        may = Membership.objects.filter(
            product=held.product_id, user=person, user__is_active=True,
            part__in=ABILITIES["assess"].parts,
        )  # fmt: skip
        if not may.exists():
            raise Invalid(
                f"{person} cannot answer here: the account is closed, or has no part that may"
                " answer. Give a part on the page People, or ask somebody else.", "people",
            )  # fmt: skip
        _, new = Asked.objects.get_or_create(assessment=held, user=person)
        if new:
            by.record("assessment.asked", held.subject, product=held.product_id,
                      person=f"person:{person.pk}")  # fmt: skip
