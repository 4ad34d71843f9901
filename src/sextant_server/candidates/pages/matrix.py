"""Each promise of the contract and what shows it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.problems import ContractError
from sextant.words.numbers import word
from sextant_server.candidates import queries
from sextant_server.candidates.matrix import Line, lines, measured_promises, promises_of
from sextant_server.candidates.words import of_all
from sextant_server.contracts.models import Contract
from sextant_server.products.entering import Here, in_product, show
from sextant_server.studies.kinds.forms import contracts_to_ask


@in_product
@require_safe
def matrix(request: HttpRequest, here: Here) -> HttpResponse:
    """Read, never typed: the newest evidence, then the newest study of each kind."""
    evidence = queries.deciding_with_run(here.product)
    contract = next(iter(contracts_to_ask(here.product)), None)
    promises = measured_promises(evidence.record) if evidence else _promised(contract)
    found = lines(promises, queries.held_of(here.product))
    context = {"headline": _headline(found), "found": found, "evidence": evidence,
               "contract": contract}  # fmt: skip
    return show(request, here, "candidates/matrix.html", context)


def _promised(contract: Contract | None) -> list[dict[str, object]]:
    """What a contract promises before any evidence; nothing of a draft that cannot be read."""
    if contract is None:
        return []
    try:
        return promises_of(contract_from_text(contract.text))
    except ContractError:
        return []


def _headline(found: list[Line]) -> str:
    """How many promises something shows to be kept."""
    deciding = [one for one in found if one.promise["role"] != "secondary"]
    if not deciding:
        return "Nothing is promised yet."
    met = sum(one.verdict == "met" for one in deciding)
    empty = sum(one.empty for one in deciding)
    said = f"{of_all(met, len(deciding), 'promise')} shown to be kept"
    return f"{said}; of {word(empty)} nothing is known." if empty else f"{said}."
