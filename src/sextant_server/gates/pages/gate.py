"""One gate: the question, what it rests on, what was said, the decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.accounts.pages.forms import attempt
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import latest_deciding
from sextant_server.failures.queries import standing_on
from sextant_server.gates import actions, judging, queries
from sextant_server.gates.beside import Beside, beside
from sextant_server.gates.failing import failing_of
from sextant_server.gates.fair import review_of
from sextant_server.gates.forms import (
    AnswerForm,
    DecideForm,
    MetForm,
    OpinionForm,
    QuestionForm,
    ReasonForm,
)
from sextant_server.gates.freezing import bet_of
from sextant_server.gates.known import Bet, Requirement
from sextant_server.gates.models import Condition, Decision, Gate, Opinion, Question, State
from sextant_server.gates.since import since
from sextant_server.gates.traded import Traded, not_kept, traded
from sextant_server.gates.words import answer, asks, href_of
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Part, Stage
from sextant_server.products.queries import holders

FREEZES = (State.DECIDED, State.WITHDRAWN)


@in_product
def gate(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """The whole of a gate; POST decides."""
    found = _gate(here, number)
    decision = queries.decision_of(found)
    people = holders(here.product, *Part) if found.state == State.OPEN else []
    form = _decide_form(request, found, people)
    if request.method == "POST":
        by = Acting.of(request)
        made = attempt(form, lambda: actions.decide(
            by, found, form.cleaned_data["outcome"], form.cleaned_data["reason"],
            form.conditions(), form.cleaned_data["version"],
        ))  # fmt: skip
        if made:
            messages.success(request, _decided(made))
            return redirect("gate", here.product.slug, found.number)
    opinions = list(found.opinions.select_related("by"))
    newest = latest_deciding(found.product) if found.state == State.OPEN else None
    required, verdict = _computed(found, newest, decision, opinions)
    standing_beside = beside(found.product, Stage(found.target), found.evidence)
    trades: Sequence[Traded] = ()
    if found.trades_agreed:
        trades = traded(found.product, Stage(found.target), found.evidence)
    context = {
        "gate": found,
        "asks": asks(found),
        "headline": answer(found, decision, required, verdict),
        "requirements": [(one, href_of(here.product, one)) for one in required],
        "verdict": verdict,
        "evidence": found.evidence,
        "newest": newest if newest and newest.pk != found.evidence_id else None,
        "decision": decision,
        "beside": standing_beside,
        "trades": trades,
        "not_kept": not_kept(trades),
        "since": _since(found, decision, standing_beside, trades),
        "refused": [one for one in found.decisions.all() if one.refused_at],
        "questions": list(found.questions.select_related("by", "answered_by")),
        "opinions": opinions,
        "form": form,
        "forms": {"question": QuestionForm(), "answer": AnswerForm(), "opinion": OpinionForm(),
                  "reason": ReasonForm(), "met": MetForm()},
        "alone": judging.is_alone(here.product, found),
        "mine": decision is not None and decision.decided_by_id == here.user.pk,
        "entry": _entry(decision),
    }  # fmt: skip
    return show(request, here, "gates/gate.html", context, 422 if form.errors else 200)


@in_product
@require_POST
def say(request: HttpRequest, here: Here, number: int, what: str) -> HttpResponse:
    """A question, an opinion, newer evidence, a second, a refusal, a withdrawal."""
    found, by, post = _gate(here, number), Acting.of(request), request.POST
    version = number_in(post, "version")
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "question": (lambda: actions.question(by, found, post.get("text", "")),
                     "The question is asked."),
        "opinion": (
            lambda: actions.state_opinion(by, found, post.get("stance", ""), post.get("text", "")),
            "Your opinion is kept.",
        ),
        "evidence": (lambda: actions.take_evidence(by, found, version),
                     "The newest evidence lies before the gate."),
        "second": (lambda: actions.second(by, found, version), "The decision has taken effect."),
        "refuse": (lambda: actions.refuse(by, found, post.get("reason", ""), version),
                   "It is refused; the gate is open again."),
        "withdraw": (lambda: actions.withdraw(by, found, post.get("reason", "")),
                     "The question is withdrawn."),
    }  # fmt: skip
    if what not in acts:
        raise Http404
    return _act(request, here, found, *acts[what])


@in_product
@require_POST
def reply(request: HttpRequest, here: Here, number: int, question_id: int) -> HttpResponse:
    """Answer a question."""
    found = _gate(here, number)
    asked = get_object_or_404(Question, pk=question_id, gate=found)
    by, text = Acting.of(request), request.POST.get("answer", "")
    return _act(request, here, found, lambda: actions.answer(by, asked, text), "It is answered.")


@in_product
@require_POST
def met(request: HttpRequest, here: Here, number: int, condition_id: int) -> HttpResponse:
    """Report a condition met."""
    found = _gate(here, number)
    one = get_object_or_404(Condition, pk=condition_id, decision__gate=found)
    by, note = Acting.of(request), request.POST.get("note", "")
    return _act(
        request, here, found, lambda: actions.meet_condition(by, one, note), "It is reported met."
    )


def _act(
    request: HttpRequest, here: Here, found: Gate, action: Callable[[], Any], says: str
) -> HttpResponse:
    try:
        action()
        messages.success(request, says)
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("gate", here.product.slug, found.number)


def _gate(here: Here, number: int) -> Gate:
    found = queries.gate_of(here.product, number)
    if found is None:
        raise Http404(f"There is no gate {number}.")
    return found


def _decide_form(request: HttpRequest, found: Gate, people: list[User]) -> DecideForm:
    return DecideForm(people, request.POST or None, initial={"version": found.version})


def _computed(
    found: Gate, newest: Evidence | None, decision: Decision | None, opinions: list[Opinion]
) -> tuple[list[Requirement], Any]:
    """What is required now; once decided, what was computed then."""
    if decision is not None and (found.state in FREEZES or decision.effective_at):
        return [Requirement(**one) for one in decision.requirements], decision.verdict
    reviewed = list(dict.fromkeys(str(one.by) for one in opinions if one.as_reviewer))
    return judging.computed(found, found.evidence, newest, reviewed)


def _since(
    found: Gate, decision: Decision | None, studies: Sequence[Beside], trades: Sequence[Traded]
) -> list[str]:
    """What the records that it was decided on say otherwise now; nothing where there are none."""
    if decision is None or not decision.records:
        return []
    kept, product, today = decision.records, found.product, timezone.now().date()
    on_bet = "assessments" in kept
    newest = latest_deciding(product) if {"failures", "review"} & set(kept) else None
    return since(
        kept,
        bet_of(product, Stage(found.target), today) if on_bet else Bet(),
        failing_of(standing_on(product.pk, newest, today)) if "failures" in kept else (),
        review_of(product, newest) if "review" in kept else None,
        studies,
        trades,
    )


def _entry(decision: Decision | None) -> Entry | None:
    """The entry of the audit log that records the decision."""
    if decision is None or not decision.seal:
        return None
    return Entry.objects.filter(subject=decision.subject, action="decision.taken").first()


def _decided(made: Decision) -> str:
    if made.effective_at is None:
        return "It goes against the verdict and waits for a second person. Nothing has changed yet."
    return "It is decided."
