"""One assessment: what is held of it, one's own answers, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sextant.strategy.frameworks import (
    BINDS,
    Question,
    Tier,
    judge,
)
from sextant_server.accounts.acting import Acting
from sextant_server.core.errors import Conflict, Refused
from sextant_server.core.numbers import number_in
from sextant_server.products.abilities import ABILITIES
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.queries import holders
from sextant_server.strategy.assessments import actions, queries
from sextant_server.strategy.assessments.board import board, newer
from sextant_server.strategy.assessments.catalogue import in_force
from sextant_server.strategy.assessments.forms import AnswersForm, AskForm, SettleForm
from sextant_server.strategy.assessments.models import Answer, Asked, Assessment
from sextant_server.strategy.assessments.pages.uncovered import Seen, uncovered
from sextant_server.strategy.assessments.standing import standing_of
from sextant_server.strategy.assessments.values import given_of
from sextant_server.strategy.assessments.weighing import Weighed


@dataclass(frozen=True, slots=True)
class Open:
    """An answer that no longer counts, and whether this person can confirm it."""

    says: str
    answer: Answer
    mine: bool


@in_product
def assessment(request: HttpRequest, here: Here, framework: str) -> HttpResponse:
    """What is held of it; POST keeps one's own answers, and hands them in."""
    seen = _seen(here, framework)
    if seen is None:
        return _before(request, here, framework)
    form = _form(seen, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form is not None:
        form, done = _answered(request, here, seen.assessment, form)
        if done is not None:
            return done
    return _page(request, seen, form)


@in_product
@require_POST
def settle(request: HttpRequest, here: Here, framework: str, question: str) -> HttpResponse:
    """Say what counts as the answer to one question; what was typed stays on a refusal."""
    seen = _seen(here, framework)
    asked = seen.one.framework.questions.get(question) if seen else None
    if seen is None or asked is None:
        raise Http404("It is not asked.")
    found = seen.assessment
    form = SettleForm(asked, seen.offers, found.version, request.POST)
    if form.is_valid():
        try:
            said, version = form.said(), form.cleaned_data["version"]
            actions.settle(Acting.of(request), found, question, said, version)
        except Refused as refused:
            found.refresh_from_db(fields=["version"])
            form = form.again(found.version)
            form.add_error(None, refused.detail)
        else:
            messages.success(request, f"“{asked.name}” is settled. The other answers are kept.")
            return redirect("assessment", here.product.slug, framework)
    return _page(request, seen, _form(seen, None), form)


@in_product
@require_POST
def do(request: HttpRequest, here: Here, framework: str, what: str) -> HttpResponse:
    """Begin, ask further people, uncover, confirm an answer, begin anew."""
    by, post = Acting.of(request), request.POST
    version = number_in(post, "version")
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "begin": (lambda: actions.begin(by, here.product, framework, _people(here, post)),
                  "It is begun. Answer what you can; nobody sees it before it is uncovered."),
        "ask": (lambda: actions.ask(by, _found(here, framework), _people(here, post)),
                "They are asked."),
        "uncover": (lambda: actions.uncover(by, _found(here, framework), version),
                    "The answers are uncovered."),
        "confirm": (lambda: actions.confirm(by, _answer(here, framework, post)),
                    "The answer counts again."),
        "anew": (lambda: actions.begin_anew(by, _found(here, framework)),
                 "It is begun under the newer version. Answers to unchanged questions are there."),
    }  # fmt: skip
    if what not in acts:
        raise Http404("There is no such deed.")
    action, says = acts[what]
    try:
        action()
        messages.success(request, says)
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("assessment", here.product.slug, framework)


def _before(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Nobody has begun it: what it asks, and the form that begins it."""
    found = in_force().get(key)
    if found is None or request.method == "POST":
        raise Http404("There is no such assessment.")
    one, tier = found.framework, cast(Tier, here.product.risk)
    context = {
        "framework": one, "questions": one.asked(tier), "ask": AskForm(_able(here)),
        "gates": one.gates_at(tier),
    }  # fmt: skip
    return show(request, here, "assessments/before.html", context)


def _seen(here: Here, key: str) -> Seen | None:
    """The open assessment under a framework; None where nobody has begun it."""
    today = timezone.now().date()
    kinds = BINDS if here.may("assess") or here.may("settle") else ()
    found = board(here.product, today, here.user, kinds, key)
    one = found.weighed.get(key)
    if one is None:
        return None
    asked = list(Asked.objects.filter(assessment=one.assessment).select_related("user"))
    rows = found.answers.get(one.assessment.pk, [])
    return Seen(here, one, rows, asked, found.offers_to(key))


def _page(
    request: HttpRequest, seen: Seen, form: AnswersForm | None, refused: SettleForm | None = None
) -> HttpResponse:
    one, found, here = seen.one, seen.assessment, seen.here
    people = {row.user_id for row in seen.asked}
    able = [user for user in _able(here) if user.pk not in people] if found.blind else []
    errors = bool(form and form.errors) or refused is not None
    context = {
        "assessment": found,
        "framework": one.framework,
        "standing": standing_of(one),
        "asked": seen.asked,
        "handed_in": [row for row in seen.asked if row.handed_in_at],
        "waits": [row for row in seen.asked if not row.handed_in_at and row.user.is_active],
        "mine": seen.mine,
        "ask": AskForm(able),
        "form": form,
        "rows": form.rows() if form else [],
        "open": _open(here, one),
        "newer": newer(found),
        **({} if found.blind else uncovered(seen, refused)),
    }
    return show(request, here, "assessments/assessment.html", context, 422 if errors else 200)


def _form(seen: Seen, data: QueryDict | None) -> AnswersForm | None:
    """The questions for this person, as he has answered them."""
    if not seen.here.may("assess"):
        return None
    held = {
        row.question: row for row in seen.rows if row.by_id == seen.here.user.pk and not row.settles
    }
    version = seen.mine.version if seen.mine else 0
    return AnswersForm(_asked_of(seen.one, held), seen.offers, held, data, version)


def _asked_of(one: Weighed, held: Mapping[str, Answer]) -> list[Question]:
    """What is asked at this tier, and what his own answers, or those that count, ask for more."""
    framework, tier = one.framework, cast(Tier, one.tier)
    always = {question.key for question in framework.asked(tier)}
    own = {key: given_of(row) for key, row in held.items() if key in framework.questions}
    more = {lack.question for lack in judge(framework, own, tier).lacking}
    more |= {lack.question for lack in one.judged.lacking if not one.assessment.blind}
    return [
        question
        for key, question in framework.questions.items()
        if key in always or key in held or key in more
    ]


def _answered(
    request: HttpRequest, here: Here, found: Assessment, form: AnswersForm
) -> tuple[AnswersForm, HttpResponse | None]:
    """Keep what was sent; on a refusal the form still holds all of it, to be sent again."""
    if not form.is_valid():
        return form, None
    done = "hand_in" in request.POST
    try:
        held = actions.answer(
            Acting.of(request), found, form.said(), form.cleaned_data["version"], done
        )
    except Conflict as refused:
        mine = Asked.objects.filter(assessment=found, user=here.user).first()
        form = form.again(mine.version if mine else 0)
        form.add_error(None, refused.detail)
    except Refused as refused:
        form.at_fault(refused.field, refused.detail)
    else:
        messages.success(request, _says(held, done))
        return form, redirect("assessment", here.product.slug, found.key)
    return form, None


def _says(held: Assessment, done: bool) -> str:
    if not held.blind:
        return "Everybody has answered: the answers are uncovered." if done else "It is kept."
    return "Your answers are handed in." if done else "Your answers are kept; only you see them."


def _open(here: Here, one: Weighed) -> list[Open]:
    can_settle, can_assess = here.may("settle"), here.may("assess")
    return [
        Open(
            says, again.answer,
            can_settle if again.answer.settles
            else can_assess and again.answer.by_id == here.user.pk,
        )
        for says, again in zip(standing_of(one).reopened, one.reopened, strict=True)
    ]  # fmt: skip


def _found(here: Here, key: str) -> Assessment:
    found = queries.assessment_of(here.product, key)
    if found is None:
        raise Http404("Nobody has begun it.")
    return found


def _answer(here: Here, key: str, post: QueryDict) -> Answer:
    rows = Answer.objects.filter(assessment=_found(here, key), superseded_at=None)
    mine = Q(by=here.user) | Q(settles=True, assessment__uncovered_at__isnull=False)
    found = rows.filter(mine, pk=number_in(post, "answer")).first()
    if found is None:
        raise Conflict("There is no such answer any more. Load the page again.")
    return found


def _able(here: Here) -> list[Any]:
    """The others who may answer."""
    everybody = holders(here.product, *ABILITIES["assess"].parts)
    return [user for user in everybody if user.pk != here.user.pk]


def _people(here: Here, post: QueryDict) -> list[Any]:
    wanted = set(post.getlist("people"))
    return [user for user in _able(here) if str(user.pk) in wanted]
