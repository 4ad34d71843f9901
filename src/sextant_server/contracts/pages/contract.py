"""One contract: its promises in plain words, its signatures, its lock."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from sextant.contracts.difference import Change, difference
from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.problems import ContractError
from sextant.words.asked import asked
from sextant_server.accounts.acting import Acting
from sextant_server.contracts import actions, queries
from sextant_server.contracts.forms import SupersedeForm
from sextant_server.contracts.models import Contract, Signatory, Signature, State
from sextant_server.contracts.reading import Reading, read
from sextant_server.core.errors import Refused
from sextant_server.products.entering import Here, in_product, show
from sextant_server.ui.parts import Moment


@in_product
@require_safe
def contracts(request: HttpRequest, here: Here) -> HttpResponse:
    """The locked one, the draft, and what came before them."""
    rows = list(queries.contracts_of(here.product))
    current = [one for one in rows if one.state in (State.LOCKED, State.DRAFT)]
    past = [one for one in rows if one.state in (State.SUPERSEDED, State.WITHDRAWN)]
    locked = next((one for one in rows if one.state == State.LOCKED), None)
    context = {"current": current, "past": past, "locked": locked, "form": SupersedeForm()}
    return show(request, here, "contracts/contracts.html", context)


@in_product
@require_POST
def begin(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin a draft, or one that is to supersede the locked contract."""
    by, locked = Acting.of(request), queries.locked_of(here.product)
    try:
        if locked:
            made = actions.supersede(by, locked, request.POST.get("reason", ""))
        else:
            made = actions.draft(by, here.product)
    except Refused as refused:
        messages.error(request, refused.detail)
        return redirect("contracts", here.product.slug)
    return redirect("contract_edit", here.product.slug, made.number)


@in_product
@require_safe
def contract(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """What it promises, who has signed, what it changes."""
    found = contract_or_404(here, number)
    reading = read(found.text, here.product)
    signatures = list(found.signatures.select_related("user"))
    counted = queries.standing(found, signatures)
    context = {
        "contract": found,
        "asked": asked(reading.contract) if reading.contract else [],
        "parsed": reading.contract,
        "problems": reading.problems if found.state == State.DRAFT else (),
        "lost": reading.problems if found.state == State.LOCKED else (),
        "unsigned": reading.unsigned,
        "sides": _sides(here, found, signatures, counted),
        "ready": _ready(found, reading, counted),
        "changes": changes(found, reading),
        "moments": _moments(found, signatures),
        "both": here.product.solo and here.may("sign_business") and here.may("sign_technical"),
    }
    return show(request, here, "contracts/contract.html", context)


@in_product
@require_POST
def sign(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Sign the text that was shown."""
    found, parts = contract_or_404(here, number), request.POST.getlist("part")
    digest = request.POST.get("text_digest", "")
    says = "Your signature is on it."
    return _done(request, here, found, lambda by: actions.sign(by, found, parts, digest), says)


@in_product
@require_POST
def lock(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Lock the text that was shown."""
    found, digest = contract_or_404(here, number), request.POST.get("text_digest", "")
    return _done(
        request, here, found, lambda by: actions.lock(by, found, digest),
        "The contract is locked. From now on it decides.",
    )  # fmt: skip


@in_product
@require_POST
def withdraw(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Give up a draft."""
    found = contract_or_404(here, number)
    return _done(
        request, here, found, lambda by: actions.withdraw(by, found), "The draft is withdrawn."
    )


@in_product
@require_POST
def runs(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Whether a new version of the source starts a run."""
    found, on = contract_or_404(here, number), request.POST.get("to") == "on"
    says = "A new version of the source starts a run." if on else "It runs only when asked."
    return _done(request, here, found, lambda by: actions.run_by_itself(by, found, on), says)


def _done(
    request: HttpRequest, here: Here, found: Contract, action: object, says: str
) -> HttpResponse:
    try:
        action(Acting.of(request))  # type: ignore[operator]
        messages.success(request, says)
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("contract", here.product.slug, found.number)


def contract_or_404(here: Here, number: int) -> Contract:
    """A contract of the product by its number."""
    found = queries.contract_of(here.product, number)
    if found is None:
        raise Http404(f"There is no contract {number}.")
    return found


def changes(found: Contract, reading: Reading) -> tuple[Change, ...]:
    """What it changes in the contract that it follows."""
    if found.follows is None or reading.contract is None:
        return ()
    try:
        return difference(contract_from_text(found.follows.text), reading.contract)
    except ContractError:
        return ()


def _sides(
    here: Here, found: Contract, signatures: list[Signature], counted: queries.Counted
) -> list[dict[str, object]]:
    """Both sides: who has signed, and whether this person can."""
    digest = found.text_digest
    signed = {Signatory(one.part): one for one in signatures if one.text_digest == digest}
    return [
        {
            "side": side,
            "signature": signed.get(side),
            "counts": side in counted,
            "mine": here.may(actions.ABILITY[side]) and side not in signed,
        }
        for side in Signatory
    ]


def _ready(found: Contract, reading: Reading, counted: queries.Counted) -> bool:
    whole = not reading.problems and not reading.unsigned
    return found.state == State.DRAFT and whole and len(counted) == len(Signatory)


def _moments(found: Contract, signatures: list[Signature]) -> list[Moment]:
    moments = [
        Moment(
            one.at,
            f"Signed for the {one.get_part_display()} side",
            str(one.user),
            "" if one.text_digest == found.text_digest else "An earlier text: it counts no more.",
        )
        for one in signatures
    ]
    if found.locked_at:
        moments.append(Moment(found.locked_at, "Locked", str(found.locked_by)))
    moments.append(Moment(found.created_at, "Begun", str(found.created_by or "")))
    return sorted(moments, key=lambda one: one.at, reverse=True)
