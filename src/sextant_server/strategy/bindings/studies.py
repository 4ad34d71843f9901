"""What a kept study says now: the study of the same question on the newest rows says it.

Who cites study 12 cites its question. When study 15 asks the same of newer rows, it is what study
15 says that holds; an answer given on study 12 stays as long as both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from sextant_server.contracts.models import State
from sextant_server.strategy.bindings.reading import Reading, Reference
from sextant_server.studies.models import Study

MOST = 100
"""So many of a product's newest studies are offered; an older one is cited by its number."""
BULKY = ("record", "states", "asked", "contract__text")
EVIDENCE = ("record", "states", "sample", "brief")
NO_LONGER = (State.SUPERSEDED, State.WITHDRAWN)


def studied(
    wanted: Iterable[tuple[int, Reference]], today: date
) -> dict[tuple[int, Reference], Reading]:
    """What each reference to a study says, one query whatever their number."""
    asked = list(wanted)
    numbers = {int(one.key) for _, one in asked if _is_number(one.key)}
    if not numbers:
        return {one: _unknown(one[1]) for one in asked}
    named = Study.objects.filter(product__in={product for product, _ in asked}, number__in=numbers)
    rows = list(_rows().filter(question__in=named.order_by().values("question")))
    held = {(one.product_id, str(one.number)): one for one in rows}
    newest = _newest(rows)
    found = {}
    for product, reference in asked:
        one = held.get((product, reference.key))
        now = newest[one.question] if one else None
        found[product, reference] = _said(now, today) if now else _unknown(reference)
    return found


def citable(product: int, today: date) -> list[tuple[Reference, Reading]]:
    """The studies of a product that something can rest on: of each question the newest rows'."""
    rows = list(_rows().filter(product=product).order_by("-number")[:MOST])
    newest = sorted(_newest(rows).values(), key=lambda one: one.number, reverse=True)
    return [(Reference("study", str(one.number)), _said(one, today)) for one in newest]


def _rows() -> QuerySet[Study]:
    rows = Study.objects.exclude(question="").select_related(
        "contract", "evidence", "version", "other"
    )
    return rows.defer(*BULKY, *(f"evidence__{one}" for one in EVIDENCE))


def _newest(rows: Iterable[Study]) -> dict[str, Study]:
    """Of each question the study of the newest rows, of those the last: no study of old rows."""
    found: dict[str, Study] = {}
    for one in sorted(rows, key=_age):
        found[one.question] = one
    return found


def _age(study: Study) -> tuple[int, int, int]:
    first, second = (one.number if one else 0 for one in (study.version, study.other))
    return first, second, study.number


def _said(study: Study, today: date) -> Reading:
    number, origin = study.number, study.subject
    contract, evidence = study.contract, study.evidence
    if contract is not None and contract.state in NO_LONGER:
        of = f"study {number} answers contract {contract.number}, which no longer counts."
        return Reading(origin=origin, absent=of)
    if evidence is not None and evidence.expires_on and evidence.expires_on < today:
        gone = f"{evidence.expires_on.day} {evidence.expires_on:%b %Y}"
        of = f"study {number} was asked of evidence {evidence.number}, which expired on {gone}."
        return Reading(origin=origin, absent=of)
    figure = study.figure or {}
    told = bool(study.verdict or figure)
    n = f", n {figure['n']:,.0f}" if figure else ""
    return Reading(
        value=figure.get("value"), low=figure.get("low"), high=figure.get("high"),
        n=round(figure["n"]) if figure else None,
        verdict=study.verdict, word=study.answer if told else study.headline,
        says=f"{study.headline} Study {number}{n}.", origin=origin,
        on=study.recorded_at.date(), counted=figure.get("counted", ""),
        of=figure.get("of", ""),
    )  # fmt: skip


def _unknown(reference: Reference) -> Reading:
    return Reading(absent=f"there is no study {reference.key}.")


def _is_number(key: str) -> bool:
    return key.isdecimal() and len(key) < 10
