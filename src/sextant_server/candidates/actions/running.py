"""Everything that changes candidates: add, remark, discard, choose, second, refuse."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone

from sextant.contracts.problems import ContractError
from sextant.studies.comparison.roles import given
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.seals import seal_of
from sextant_server.candidates.board import Board, board_of, options_of
from sextant_server.candidates.measured import CONSTANTS, Measured, key_of
from sextant_server.candidates.models import (
    Aspect,
    Candidate,
    Choice,
    Grade,
    Level,
    Remark,
    Sort,
    Yardstick,
)
from sextant_server.candidates.proof import Proof, floor_through, proof_of, with_trades
from sextant_server.candidates.trades import by_studies, compares, locked_contract
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.core.storable import check_storable
from sextant_server.products.entering import need
from sextant_server.products.models import Product
from sextant_server.products.queries import alone_since
from sextant_server.sources.models import Source
from sextant_server.sources.queries import latest_ready

MOST = 4_000
MOST_RUNNING = 30


@dataclass(frozen=True, slots=True)
class About:
    """A candidate as it is added; `written` is its column as a comparison names it."""

    name: str
    sort: str
    says: str
    source: Source | None = None
    written: str = ""


@transaction.atomic
def add(by: Acting, product: Product, about: About) -> Candidate:
    """Put a version in the running."""
    user = need(by, product, "candidates")
    held = Product.objects.select_for_update().get(pk=product.pk)
    name = _said(about.name, "name", "Give it a name.", 60)
    says = _said(about.says, "says", "Say in a sentence what it is.", 300)
    if about.sort not in Sort.values:
        raise Invalid(f"It is one of {', '.join(Sort.values)}.", "sort")
    column, cut = _place(held, about)
    running = list(Candidate.objects.filter(product=held, dropped_at=None))
    if len(running) >= MOST_RUNNING:
        raise Conflict(f"{MOST_RUNNING} are in the running. Discard one first.")
    made = Candidate(
        product=held, name=name, sort=about.sort, says=says, column=column, cut=cut,
        source=about.source if column else None, added_by=user,
    )  # fmt: skip
    for one in running:
        if one.name == name:
            raise Invalid(f"'{name}' is in the running already.", "name")
        if column and key_of(one) == key_of(made):
            raise Invalid(f"That is {one.name} already.", "written")
    made.number = _next(Candidate.objects.filter(product=held))
    made.save()
    by.record("candidate.added", made.subject, product=held.pk, name=name, sort=about.sort)
    return made


@transaction.atomic
def remark(
    by: Acting, candidate: Candidate, aspect: str, text: str, grade: str, source: str
) -> Remark:
    """Write down what is estimated or believed of a candidate. What is measured is not typed."""
    user = need(by, candidate.product, "candidates")
    if aspect not in Aspect.values:
        raise Invalid(f"It is one of {', '.join(Aspect.values)}.", "aspect")
    if grade not in Grade.values:
        raise Invalid("It is estimated or believed. What is measured comes from a study.", "grade")
    said = _said(text, "text", "Write what is known.", 120)
    check_storable({"source": source})
    where = source.strip()[:200]
    if grade == Grade.ESTIMATED and not where:
        raise Invalid("An estimate says what it was worked out from.", "source")
    made = Remark.objects.create(
        candidate=candidate, aspect=aspect, text=said, grade=grade, source=where, by=user
    )
    by.record("candidate.remark", candidate.subject, product=candidate.product_id,
              name=candidate.name, aspect=aspect, grade=grade)  # fmt: skip
    return made


@transaction.atomic
def state_level(
    by: Acting, product: Product, who: str, metric: str, ends: tuple[float, float], grade: str,
    source: str,
) -> Level:  # fmt: skip
    """Write down how good people are, or the best that is known, as a range with its source."""
    user = need(by, product, "candidates")
    if who not in Yardstick.values:
        raise Invalid(f"It is one of {', '.join(Yardstick.values)}.", "who")
    if grade not in Grade.values:
        raise Invalid("It is estimated or believed. What is measured comes from a study.", "grade")
    if not (math.isfinite(ends[0]) and math.isfinite(ends[1]) and ends[0] <= ends[1]):
        raise Invalid("A range goes from the lower number to the higher one.", "low")
    where = _said(source, "source", "Say where it is known from, or who believes it.", 200)
    made = Level.objects.create(
        product=product, who=who, metric=_said(metric, "metric", "Name the metric.", 60),
        low=ends[0], high=ends[1], grade=grade, source=where, by=user,
    )  # fmt: skip
    by.record("level.stated", made.subject, product=product.pk, who=who, metric=made.metric,
              low=f"{made.low:g}", high=f"{made.high:g}", grade=grade)  # fmt: skip
    return made


@transaction.atomic
def discard(by: Acting, candidate: Candidate, reason: str) -> Candidate:
    """Take a challenger out of the running; it stays in the record with its reason."""
    user = need(by, candidate.product, "candidates")
    product = Product.objects.select_for_update().get(pk=candidate.product_id)
    held = Candidate.objects.get(pk=candidate.pk)
    if held.dropped_at:
        raise Conflict(f"{held} is discarded already.")
    board = board_of(product)
    if board.champion == held:
        raise Conflict(f"{held} is the champion. Choose another one first.")
    if board.waiting and board.waiting.candidate_id == held.pk:
        raise Conflict(f"{held} waits for a second person to become champion. Refuse that first.")
    held.dropped_why = _said(reason, "reason", "Say why. Whoever tries it again should know.")
    held.dropped_by, held.dropped_at = user, timezone.now()
    held.save(update_fields=["dropped_why", "dropped_by", "dropped_at"])
    by.record("candidate.discarded", held.subject, product=product.pk, name=held.name,
              reason=held.dropped_why[:300])  # fmt: skip
    return held


@transaction.atomic
def choose(by: Acting, candidate: Candidate, study: int | None, reason: str, seen: int) -> Choice:
    """Make a candidate champion, on a study. Against the verdict it waits for a second person.

    `seen` is the number of the newest choice that the page has shown.
    """
    user = _decider(by, candidate.product, "decide")
    product = Product.objects.select_for_update().get(pk=candidate.product_id)
    board = board_of(product)
    if seen != (board.choices[0].number if board.choices else 0):
        raise Conflict("Somebody has chosen meanwhile. Load the page again and read what is new.")
    if board.waiting:
        raise Conflict("A choice waits for its second person. Nothing else is chosen meanwhile.")
    why = _said(reason, "reason", "Say why. Whoever reads it in a year was not there.")
    candidate = next(one for one in board.candidates if one.pk == candidate.pk)
    proof = prove(board, candidate, study)
    against = proof.verdict != "met"
    alone = against and alone_since(product, candidate.added_at)
    made = Choice(
        product=product, number=_next(Choice.objects.filter(product=product)),
        candidate=candidate, before=board.champion,
        study_id=proof.study.pk if proof.study else None,
        floor_id=proof.floor.pk if proof.floor else None,
        verdict=proof.verdict, proof=proof.says, options=options_of(board), reason=why,
        against=against, alone=alone, decided_by=user, decided_at=timezone.now(),
    )  # fmt: skip
    made.save()
    if against and not alone:
        by.record("champion.proposed", made.subject, product=product.pk, name=candidate.name,
                  verdict=made.verdict)  # fmt: skip
        return made
    return _take_effect(by, made)


@transaction.atomic
def second(by: Acting, choice: Choice) -> Choice:
    """Agree with a choice against the verdict as a second person; now it takes effect."""
    user = _decider(by, choice.product, "second")
    product = Product.objects.select_for_update().get(pk=choice.product_id)
    held = _waiting(choice)
    if held.decided_by_id == user.pk:
        raise NotAllowed("It takes a second person: you have chosen it yourself.")
    need(Acting(user=held.decided_by), product, "decide")
    found = prove(board_of(product), held.candidate, held.study.number if held.study else None)
    if (found.verdict, found.says) != (held.verdict, held.proof):
        raise Conflict(
            f"The verdict was {held.verdict} when it was chosen, and what is known has changed"
            " since. Refuse it, so that it is chosen on what is so now."
        )
    held.seconded_by = user
    by.record("champion.seconded", held.subject, product=product.pk, name=held.candidate.name)
    return _take_effect(by, held)


@transaction.atomic
def refuse(by: Acting, choice: Choice, reason: str) -> Choice:
    """Refuse a choice against the verdict; it is kept with the reason."""
    user = _decider(by, choice.product, "second")
    Product.objects.select_for_update().get(pk=choice.product_id)
    held = _waiting(choice)
    held.refused_why = _said(reason, "reason", "Say why.")
    held.refused_by, held.refused_at = user, timezone.now()
    held.save(update_fields=["refused_why", "refused_by", "refused_at"])
    by.record("champion.refused", held.subject, product=held.product_id, name=held.candidate.name,
              reason=held.refused_why[:300])  # fmt: skip
    return held


def prove(board: Board, candidate: Candidate, study: int | None) -> Proof:
    """What a choice would rest on, and its verdict. Raises `Refused` where it cannot be made.

    The first champion needs no study where it is simple: something has to be the baseline.
    """
    if candidate.dropped_at:
        raise Conflict(f"{candidate} was discarded: {candidate.dropped_why[:200]}")
    if candidate == board.champion:
        raise Conflict(f"{candidate} is the champion.")
    if board.champion is None and candidate.is_simple and study is None:
        return Proof("met", ["The first champion: the simplest that there is."])
    measured = _rests_on(board, candidate, study)
    floor = board.floor(candidate, measured)
    if floor.study is None and board.champion is not None and not board.champion.is_simple:
        below = board.floor(board.champion, measured)
        floor = floor_through(board.champion, below, measured) if below.study else floor
    if floor.study is None and not candidate.is_simple:
        raise Conflict(f"Undecided: {floor.says} {floor.settles}")
    found = proof_of(candidate, board.champion, measured, floor, board.measured)
    if not board.in_force or measured.kind != "comparison":
        return found
    contract = locked_contract(candidate.product)
    asked = [one.text for one in board.in_force if contract and compares(one.text, contract)]
    answers = by_studies(board.in_force, [measured]).get(measured.pk, [])
    return with_trades(found, asked, answers)


def _rests_on(board: Board, candidate: Candidate, number: int | None) -> Measured:
    """The study of this number, where it compares the candidate as B with the champion as A."""
    if number is None:
        raise Invalid("Name the comparison that it rests on.", "study")
    found = next((one for one in board.measured if one.study == number), None)
    if found is None:
        raise Invalid(f"Study {number} compares no two versions, or there is none.", "study")
    key = key_of(candidate)
    if key is None or found.b != key:
        raise Invalid(f"In study {number} {candidate} is not version B, the new one.", "study")
    if board.champion is not None:
        if found.a != key_of(board.champion):
            against = f"In study {number} version A is not {board.champion}, the champion."
            raise Invalid(against, "study")
    elif found.a not in board.simple:
        raise Invalid(f"In study {number} version A is no baseline that is listed here.", "study")
    return found


def _take_effect(by: Acting, choice: Choice) -> Choice:
    choice.effective_at = timezone.now()
    choice.seal = seal_of(choice)
    choice.save()
    study = choice.study.number if choice.study else None
    by.record("champion.chosen", choice.subject, product=choice.product_id,
              name=choice.candidate.name, study=study, verdict=choice.verdict,
              against=choice.against, alone=choice.alone, seal=choice.seal)  # fmt: skip
    return choice


def _place(product: Product, about: About) -> tuple[str, float | None]:
    """The column of a candidate and its cut, asked of the source's newest rows."""
    written = about.written.strip()
    if not written:
        return "", None
    if about.source is None or about.source.product_id != product.pk:
        raise Invalid("Name the source in which its answers stand.", "source")
    if written in CONSTANTS:
        return written, None
    try:
        found = given(written, "written")
    except ContractError as error:
        one = error.problems[0]
        raise Invalid(f"{one.what} {one.remedy}", "written") from None
    version = latest_ready(about.source)
    columns = {one["name"]: one for one in version.columns} if version else {}
    if found.column not in columns:
        raise Invalid(f"There is no column '{found.column[:60]}' in {about.source.name}.",
                      "written")  # fmt: skip
    kind = columns[found.column]
    if kind["kind"] == "boolean" or (kind["kind"] == "text" and kind["low"] is None):
        return found.column, None
    return found.column, 0.5 if found.threshold is None else found.threshold


def _waiting(choice: Choice) -> Choice:
    held = Choice.objects.select_related("candidate", "study", "decided_by").get(pk=choice.pk)
    if not held.waits:
        raise Conflict("No choice waits for a second person here.")
    return held


def _decider(by: Acting, product: Product, ability: str) -> User:
    if by.token:
        raise NotAllowed("Choosing takes a person in a browser, not a token.")
    return need(by, product, ability)


def _next(rows: models.QuerySet[Candidate] | models.QuerySet[Choice]) -> int:
    last: int | None = rows.aggregate(last=models.Max("number"))["last"]
    return (last or 0) + 1


def _said(text: str, field: str, otherwise: str, most: int = MOST) -> str:
    check_storable({field: text})
    said = text.strip()
    if not said:
        raise Invalid(otherwise, field)
    if len(said) > most:
        raise Invalid(f"At most {most:,} characters, not {len(said):,}.", field)
    return said
