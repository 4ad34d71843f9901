"""The API of contracts: read them, write the draft, check a text. Signing takes a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from ninja import Router, Schema

from sextant.words.asked import asked
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.bearer import Bearer
from sextant_server.contracts import actions, queries
from sextant_server.contracts.models import Contract
from sextant_server.contracts.reading import Reading, line_of, read
from sextant_server.core.errors import Conflict
from sextant_server.products.api import AuthedRequest, standing
from sextant_server.products.entering import need
from sextant_server.products.models import Product

router = Router(tags=["contracts"])
MOST = 200


class ProblemOut(Schema):
    """One problem of a text: its line (0: the whole), what is wrong, the remedy."""

    line: int
    what: str
    remedy: str


class ContractOut(Schema):
    """A contract; `text` is YAML, `digest` that of what it decides (empty: it has problems)."""

    number: int
    state: str
    text: str
    digest: str
    source: str | None
    reason: str
    version: int
    locked_at: datetime | None
    signed: list[str]


class Written(Schema):
    """The draft as it is kept, and what is still wrong with it."""

    contract: ContractOut
    problems: list[ProblemOut]


class Draft(Schema):
    """A text for the draft. `version`: of the draft that was read; null where there was none.

    `reason`: why the locked contract needs another one, where one is locked.
    """

    text: str
    version: int | None = None
    reason: str = ""


class Text(Schema):
    """A text to be checked."""

    text: str


class AskedOut(Schema):
    """What one promise would ask of the data."""

    id: str
    text: str
    promise: str
    role: str
    columns: list[str]
    groups: list[str]
    labelled: bool
    confidence: str


class Checked(Schema):
    """The problems of a text or, where there are none, what it would ask."""

    problems: list[ProblemOut]
    asks: list[AskedOut]
    digest: str


@router.get(
    "/products/{slug}/contracts", response=list[ContractOut], auth=Bearer("products:read"),
    summary="Contracts",
)  # fmt: skip
def contracts(request: AuthedRequest, slug: str) -> list[dict[str, Any]]:
    """All revisions, the newest first, at most 200."""
    rows = queries.contracts_of(standing(request, slug).product)[:MOST]
    return [_plain(one) for one in rows]


@router.put(
    "/products/{slug}/contracts/draft", response=Written, auth=Bearer("contracts:write"),
    summary="Write the draft",
)  # fmt: skip
def write(request: AuthedRequest, slug: str, asked: Draft) -> dict[str, Any]:
    """Keep a text as the product's draft; it is kept with its problems, and they are told."""
    product = standing(request, slug).product
    held = _kept(request.auth, product, asked)
    return {"contract": _plain(held), "problems": _problems(read(held.text, product))}


@router.post(
    "/products/{slug}/contracts/check", response=Checked, auth=Bearer("products:read"),
    summary="Check a text",
)  # fmt: skip
def check(request: AuthedRequest, slug: str, text: Text) -> dict[str, Any]:
    """What is wrong with a text, or what it would ask. Nothing is kept, no data are looked at."""
    reading = read(text.text, standing(request, slug).product)
    whole = reading.contract is not None and not reading.problems
    asks = asked(reading.contract) if reading.contract and whole else []
    return {"problems": _problems(reading), "asks": asks, "digest": reading.digest}


@router.get(
    "/products/{slug}/contracts/{number}", response=ContractOut, auth=Bearer("products:read"),
    summary="A contract",
)  # fmt: skip
def contract(request: AuthedRequest, slug: str, number: int) -> dict[str, Any]:
    """One revision with its text."""
    return _plain(found_contract(standing(request, slug).product, number))


def found_contract(product: Product, number: int) -> Contract:
    """A contract by its number; Http404 where there is none."""
    found = queries.contract_of(product, number)
    if found is None:
        raise Http404
    return found


@transaction.atomic
def _kept(by: Acting, product: Product, asked: Draft) -> Contract:
    """The draft with its new text, or nothing changed: what was begun goes with what refuses."""
    need(by, product, "write")
    Product.objects.select_for_update().get(pk=product.pk)
    held = queries.draft_of(product)
    if (held.version if held else None) != asked.version:
        raise _stale(held, asked.version)
    if held is None and (locked := queries.locked_of(product)):
        held = actions.supersede(by, locked, asked.reason)
    if held is None:
        return actions.draft(by, product, asked.text)
    return actions.write(by, held, asked.text, held.version)


def _stale(held: Contract | None, version: int | None) -> Conflict:
    """Why a text does not go with what is there."""
    sent = "null" if version is None else version
    if held is None:
        there = f"There is no draft, and version {sent} was sent. Send null to begin one."
    else:
        there = (
            f"The draft, contract {held.number}, has version {held.version}, and {sent} was sent."
            f" Read it, put your text into it, then send version {held.version}."
        )
    return Conflict(there, "version")


def _plain(one: Contract) -> dict[str, Any]:
    return {
        "number": one.number, "state": one.state, "text": one.text, "digest": one.digest,
        "source": one.source.name if one.source else None, "reason": one.reason,
        "version": one.version, "locked_at": one.locked_at,
        "signed": [side for side, _, _ in one.signed],
    }  # fmt: skip


def _problems(reading: Reading) -> list[dict[str, Any]]:
    return [
        {"line": line_of(one), "what": one.what, "remedy": one.remedy}
        for one in reading.problems[:MOST]
    ]
