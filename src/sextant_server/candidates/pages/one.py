"""One candidate: what is measured and believed of it, and what can be done with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.candidates import actions
from sextant_server.candidates.board import Board, board_of, option_of
from sextant_server.candidates.forms import ChooseForm, DiscardForm, RemarkForm
from sextant_server.candidates.measured import Measured, between, key_of
from sextant_server.candidates.models import Candidate, Choice
from sextant_server.candidates.proof import Proof
from sextant_server.core.errors import Refused
from sextant_server.products.entering import Here, in_product, show

Forms = dict[str, Any]


@in_product
@require_safe
def one(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """What is known of it; forms for what may be done."""
    board, candidate = _found(here, number)
    return _shown(request, here, board, candidate, {})


@in_product
@require_POST
def act(request: HttpRequest, here: Here, number: int, deed: str) -> HttpResponse:
    """Write something down, discard it, choose it."""
    board, candidate = _found(here, number)
    by, post = Acting.of(request), request.POST
    made: Any = None
    if deed == "remark":
        form: Any = RemarkForm(post)
        made = attempt(form, lambda: actions.remark(
            by, candidate, *(form.cleaned_data[n] for n in ("aspect", "text", "grade", "source"))
        ))  # fmt: skip
    elif deed == "discard":
        form = DiscardForm(post)
        made = attempt(form, lambda: actions.discard(by, candidate, form.cleaned_data["reason"]))
    elif deed == "choose":
        form = ChooseForm(_studies(board, candidate), post)
        held = form.fields
        made = attempt(form, lambda: actions.choose(
            by, candidate, *(form.cleaned_data[name] for name in held)
        ))  # fmt: skip
    else:
        raise Http404(f"Nothing called '{deed}' can be done with a candidate.")
    if made is None:
        return _shown(request, here, board, candidate, {deed: form}, 422)
    if isinstance(made, Choice):
        return redirect("choice", here.product.slug, made.number)
    messages.success(request, "It is kept.")
    return redirect("candidate", here.product.slug, candidate.number)


def _shown(
    request: HttpRequest, here: Here, board: Board, candidate: Candidate, forms: Forms,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    studies = _studies(board, candidate)
    seen = board.choices[0].number if board.choices else 0
    proof, why = _proved(board, candidate, studies)
    key = key_of(candidate)
    of = [one for one in board.measured if key and key in (one.a, one.b)]
    context = {
        "candidate": candidate,
        "board": board,
        "option": option_of(candidate, board),
        "champion": candidate == board.champion,
        "proof": proof,
        "why": why,
        "studies": [(one, board.told(one)) for one in of[:12]],
        "compare": _compare(board, candidate),
        "forms": {"remark": RemarkForm(), "discard": DiscardForm(),
                  "choose": ChooseForm(studies, initial={"seen": seen}), **forms},
    }  # fmt: skip
    return show(request, here, "candidates/one.html", context, status)


def _studies(board: Board, candidate: Candidate) -> list[Measured]:
    """The comparisons that a choice of it can rest on, the newest first."""
    if board.champion is not None:
        return between(board.measured, key_of(board.champion), key_of(candidate))
    key = key_of(candidate)
    return [one for one in board.measured if key and one.b == key and one.a in board.simple]


def _proved(
    board: Board, candidate: Candidate, studies: list[Measured]
) -> tuple[Proof | None, str]:
    """What a choice on the newest study would rest on, or why there can be none yet."""
    try:
        return actions.prove(board, candidate, studies[0].study if studies else None), ""
    except Refused as refused:
        return None, refused.detail


def _compare(board: Board, candidate: Candidate) -> str:
    """What a comparison with the champion is asked with, as an address has it."""
    champion = board.champion or next(
        (one for one in board.running if one.is_simple and one != candidate and one.column), None
    )
    if champion is None or champion == candidate or not (champion.column and candidate.column):
        return ""
    if champion.column.startswith("always "):
        return ""
    return urlencode({"a": champion.written, "b": candidate.written,
                      "name_a": champion.name, "name_b": candidate.name})  # fmt: skip


def _found(here: Here, number: int) -> tuple[Board, Candidate]:
    board = board_of(here.product)
    found = next((one for one in board.candidates if one.number == number), None)
    if found is None:
        raise Http404(f"There is no candidate {number}.")
    found.product = here.product
    return board, found
