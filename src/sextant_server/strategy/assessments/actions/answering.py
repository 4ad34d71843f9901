"""Answering, handing in, settling, and confirming what has moved. No answer is ever overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from sextant.strategy.frameworks import Framework, Question
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.products.abilities import ABILITIES
from sextant_server.products.entering import need
from sextant_server.products.models import Membership
from sextant_server.strategy.assessments import queries, resting
from sextant_server.strategy.assessments.actions.beginning import (
    STALE,
    changed,
    locked,
    uncovered,
)
from sextant_server.strategy.assessments.catalogue import framework_of
from sextant_server.strategy.assessments.circles import circle, edges_of
from sextant_server.strategy.assessments.models import Answer, Asked, Assessment
from sextant_server.strategy.assessments.values import (
    Said,
    bounded,
    grade_of,
    reference_of,
    said_again,
    same,
    value_of,
)
from sextant_server.strategy.bindings.reading import Reading, Reference

TWICE = "You have changed your answers in another window. Load the page again, then go on."
Readings = Mapping[Reference, Reading]


def answer(
    by: Acting, assessment: Assessment, said: Mapping[str, Said], version: int, done: bool = False
) -> Assessment:
    """Keep somebody's answers; what is not in `said` stays, what is empty in it is taken back.

    `version` is that of his own answers as he saw them, 0 before the first. `done` hands them in.
    """
    need(by, assessment.product, "assess")
    framework = framework_of(assessment.framework)
    if strange := sorted(set(said) - set(framework.questions)):
        raise Invalid(f"{framework.name} does not ask “{strange[0][:80]}”.", strange[0])
    readings = _read(assessment, framework, said)
    return _answer(by, assessment, said, readings, version, done)


@transaction.atomic
def _answer(
    by: Acting, assessment: Assessment, said: Mapping[str, Said], readings: Readings,
    version: int, done: bool,
) -> Assessment:  # fmt: skip
    user = need(by, assessment.product, "assess")
    held = locked(assessment)
    mine = _mine(held, user, version)
    framework = framework_of(held.framework)
    _no_circle(held, user, [one for one in readings if one.kind == "assessment"])
    before = {row.question: row for row in _current(held, by=user, settles=False)}
    keys = []
    for key, one in said.items():
        if _keep(held, user, framework, framework.questions[key], one, before.get(key), readings):
            keys.append(key)
    if keys:
        _told(by, held, keys)
    if done and held.blind:
        _hand_in(by, held, mine, framework)
    mine.version += 1
    mine.save()
    return held


@transaction.atomic
def hand_in(by: Acting, assessment: Assessment, version: int) -> Assessment:
    """Say that one's answers are ready; the last one who was asked uncovers them by it."""
    user = need(by, assessment.product, "assess")
    held = locked(assessment)
    if not held.blind:
        raise Conflict("The answers are uncovered already.")
    mine = _mine(held, user, version)
    _hand_in(by, held, mine, framework_of(held.framework))
    mine.version += 1
    mine.save()
    return held


def settle(by: Acting, assessment: Assessment, question: str, said: Said, version: int) -> Answer:
    """Say for everybody what counts as the answer to one question, and why; others are kept."""
    need(by, assessment.product, "settle")
    framework = framework_of(assessment.framework)
    asked = framework.questions.get(question)
    if asked is None:
        raise Invalid(f"{framework.name} does not ask “{question[:80]}”.", "question")
    readings = _read(assessment, framework, {question: said})
    return _settle(by, assessment, asked, said, readings, version)


@transaction.atomic
def _settle(
    by: Acting, assessment: Assessment, asked: Question, said: Said, readings: Readings,
    version: int,
) -> Answer:  # fmt: skip
    user = need(by, assessment.product, "settle")
    held = locked(assessment)
    if held.blind:
        raise Conflict("Uncover the answers first: nobody settles what nobody has seen.")
    if held.version != version:
        raise Conflict(STALE)
    if said.empty:
        raise Invalid("Choose what shall count.", asked.key)
    if not said.why.strip():
        raise Invalid("Say why. Whoever reads it in a year was not there.", asked.key)
    _no_circle(held, user, [one for one in readings if one.kind == "assessment"])
    framework = framework_of(held.framework)
    row = _row(held, user, framework, asked, said, readings)
    rows = list(_current(held, question=asked.key))
    row.settles = True
    row.differed = [one.pk for one in rows if not one.settles and one.value != row.value]
    for one in rows:
        if one.settles:
            _supersede(one)
    row.save()
    changed(held)
    by.record("assessment.settled", held.subject, product=held.product_id, question=asked.key,
              grade=str(row.grade), against=len(row.differed))  # fmt: skip
    return row


def confirm(by: Acting, answer: Answer) -> Answer:
    """Let an answer count again: it takes what its record says now, and a new last day.

    One's own, or one that was settled. A range becomes that of the new reading, a level stays.
    """
    ability = "settle" if answer.settles else "assess"
    need(by, answer.assessment.product, ability)
    framework = framework_of(answer.assessment.framework)
    said = said_again(answer)
    readings = _read(answer.assessment, framework, {answer.question: said})
    return _confirm(by, answer, ability, said, readings)


@transaction.atomic
def _confirm(by: Acting, answer: Answer, ability: str, said: Said, readings: Readings) -> Answer:
    user = need(by, answer.assessment.product, ability)
    held = locked(answer.assessment)
    before = Answer.objects.select_for_update().get(pk=answer.pk)
    if before.superseded_at is not None:
        raise Conflict("It was answered anew meanwhile. Load the page again.")
    if not before.settles and before.by_id != user.pk:
        raise Conflict("Only who has given an answer confirms it; settle the question instead.")
    framework = framework_of(held.framework)
    _supersede(before)
    row = _row(held, user, framework, framework.questions[before.question], said, readings)
    row.settles, row.differed = before.settles, before.differed
    row.save()
    Asked.objects.filter(assessment=held, user=user).update(version=_next_version(held, user))
    _told(by, held, [before.question], "assessment.confirmed")
    return row


def _keep(
    held: Assessment, user: User, framework: Framework, question: Question, said: Said,
    before: Answer | None, readings: Readings,
) -> bool:  # fmt: skip
    """Keep one answer in the place of the one before; whether anything has changed by it."""
    if said.empty:
        if before is not None:
            _supersede(before)
        return before is not None
    if before is not None and same(before, said):
        return False
    row = _row(held, user, framework, question, said, readings)
    if before is not None:
        _supersede(before)
    row.save()
    return True


def _row(
    held: Assessment, user: User, framework: Framework, question: Question, said: Said,
    readings: Readings,
) -> Answer:  # fmt: skip
    """An answer as it would be kept. Raises Invalid with the question's key as its field."""
    reference = reference_of(question, said)
    reading = None if reference is None else readings[reference]
    if reading is not None and reading.absent:
        raise Invalid(
            f"That says nothing now: {reading.absent} Choose another, or answer without it.",
            question.key,
        )
    now = timezone.now()
    return Answer(
        assessment=held, question=question.key, by=user, at=now,
        value=value_of(question, said, reading, reference),
        why=bounded(said.why, question.key),
        grade=grade_of(question, said), reference=str(reference or ""),
        reading=reading.plain() if reading else None,
        expires_on=now.date() + timedelta(days=framework.valid_days),
    )  # fmt: skip


def _read(
    assessment: Assessment, framework: Framework, said: Mapping[str, Said]
) -> dict[Reference, Reading]:
    """What everything says that the answers rest on; read before anything is held."""
    product, today = assessment.product_id, timezone.now().date()
    asked = [reference_of(framework.questions[key], one) for key, one in said.items()]
    wanted = [(product, one) for one in asked if one is not None]
    return {one: reading for (_, one), reading in _all(wanted, today).items()}


def _all(wanted: list[tuple[int, Reference]], today: date) -> dict[Any, Reading]:
    others = [one for one in wanted if one[1].kind == "assessment"]
    found = resting.read([one for one in wanted if one[1].kind != "assessment"], today)
    return {**found, **(queries.readings(others, today) if others else {})}


def _no_circle(held: Assessment, user: User, on: list[Reference]) -> None:
    edges = edges_of(held.product, user) if on else {}
    for one in on:
        if way := circle(edges, held.key, one.key):
            raise Invalid(
                f"It would rest on itself: {' → '.join(way)}. Answer one of them without the other."
            )


def _mine(held: Assessment, user: User, version: int) -> Asked:
    """Somebody's own place in an assessment; whoever may answer and was not asked joins."""
    mine = Asked.objects.select_for_update().filter(assessment=held, user=user).first()
    if mine is None:
        mine = Asked.objects.create(assessment=held, user=user, version=0)
    if mine.version != version:
        raise Conflict(TWICE)
    return mine


def _hand_in(by: Acting, held: Assessment, mine: Asked, framework: Framework) -> None:
    if not _current(held, by=mine.user, settles=False).exists():
        raise Invalid("Answer at least one question before you hand in.")
    if mine.handed_in_at is None:
        mine.handed_in_at = timezone.now()
        mine.save()
        by.record("assessment.handed_in", held.subject, product=held.product_id,
                  framework=framework.key)  # fmt: skip
    waiting = Asked.objects.filter(assessment=held, handed_in_at=None, user__is_active=True)
    able = Membership.objects.filter(product=held.product_id, part__in=ABILITIES["assess"].parts)
    if not waiting.filter(user__in=able.values("user")).exists():
        uncovered(by, held, None)


def _told(
    by: Acting, held: Assessment, keys: list[str], action: str = "assessment.answered"
) -> None:
    """Write a change into the log: while it is blind only how many answers, not which."""
    if held.blind:
        by.record(action, held.subject, product=held.product_id, answers=len(keys))
        return
    changed(held)
    by.record(action, held.subject, product=held.product_id, answers=len(keys),
              questions=list(keys))  # fmt: skip


def _current(held: Assessment, **of: Any) -> Any:
    return Answer.objects.filter(assessment=held, superseded_at=None, **of)


def _supersede(row: Answer) -> None:
    row.superseded_at = timezone.now()
    row.save(update_fields=["superseded_at"])


def _next_version(held: Assessment, user: User) -> int:
    mine = Asked.objects.select_for_update().filter(assessment=held, user=user).first()
    return mine.version + 1 if mine else 1
