"""Which fairness review a gate counts: one of the contract that is locked, on its evidence's rows.

A review that misses stays a miss whatever came after it; one that is met proves nothing about rows
that it has not seen, nor after another question to the same rows was missed: who asks until an
answer pleases has proven nothing.
"""

from __future__ import annotations

from django.db.models import Q

from sextant.words.nouns import listed
from sextant_server.evidence.models import Evidence
from sextant_server.gates.known import Facts, Requirement, Review
from sextant_server.products.models import Product, Risk, Stage
from sextant_server.studies.models import Study

KIND = "fairness"
ASKS = (Stage.LAUNCH,)
"""The stages whose gates ask for a review."""
MOST = 50
"""So many of the newest reviews of a contract are looked through."""
BULKY = ("record", "states", "asked")


def review_of(product: Product, evidence: Evidence | None) -> Review | None:
    """The newest review of the contract that the evidence answers; else the newest of all.

    Whether it saw the same rows is told by the evidence itself, by the version of the source, or by
    the digest of the rows.
    """
    rows = Study.objects.filter(product=product, kind=KIND).select_related("contract", "asked_by")
    rows = rows.defer(*BULKY, "contract__text").order_by("-number")
    mine = Q(contract=evidence.contract_id) | Q(evidence=evidence.pk) if evidence else Q(pk=None)
    of_this = list(rows.filter(mine)[:MOST]) if evidence else []
    found = of_this[0] if of_this else rows.first()
    if found is None:
        return None
    missed = [
        one.number for one in of_this[1:]
        if evidence and one.verdict == "missed" and same_rows(one, evidence)
    ]  # fmt: skip
    return Review(
        number=found.number,
        verdict=found.verdict,  # type: ignore[arg-type]
        headline=found.headline,
        on=found.recorded_at.date(),
        by=str(found.asked_by or ""),
        contract=found.contract.number if found.contract else None,
        stands=evidence is not None and found.contract_id == evidence.contract_id,
        same_rows=evidence is not None and same_rows(found, evidence),
        seal=found.seal,
        missed=tuple(missed),
    )


def grouped(evidence: Evidence | None) -> bool:
    """Whether the contract splits its rows into groups; without evidence nobody can say no."""
    if evidence is None:
        return True
    rows = Evidence.objects.filter(pk=evidence.pk).order_by()
    return bool(rows.values_list("record__segments", flat=True).first())


def fairness(facts: Facts) -> Requirement:
    """The verdict of the review, unless something keeps it from counting."""
    why = "The risk is high" if facts.risk == Risk.HIGH else "Its contract speaks of groups"
    found = facts.review
    if found is None:
        says = (
            f"{why}, and nobody has looked whom its errors hurt. A fairness review of the locked"
            " contract's evidence would decide this."
        )
        return Requirement("fairness", "undecided", says, "studies")
    where = f"study:{found.number}"
    told = f"Fairness review, study {found.number} of {found.on.day} {found.on:%b %Y}"
    if not found.stands:
        of = f"contract {found.contract}" if found.contract else "no contract"
        says = f"{told}, answers {of}. A review of the locked one would decide this."
        return Requirement("fairness", "undecided", says, where)
    if not found.verdict:
        says = f"{told}, states no verdict: no definition had a bound. One with a bound would."
        return Requirement("fairness", "undecided", says, where)
    older = "" if found.same_rows else " It looked at other rows than the evidence before the gate."
    if found.verdict == "met" and older:
        says = f"{told}: {found.headline}{older} A review of that evidence would decide this."
        return Requirement("fairness", "undecided", says, where)
    if found.verdict == "met" and found.missed:
        others = listed(str(one) for one in found.missed)
        says = (
            f"{told}: {found.headline} But of the same rows study {others} missed. A review of new"
            " rows would decide this."
        )
        return Requirement("fairness", "undecided", says, where)
    return Requirement("fairness", found.verdict, f"{told}: {found.headline}{older}", where)


def same_rows(study: Study, evidence: Evidence) -> bool:
    """Whether a study saw the rows of an evidence: all of them, and no others."""
    if study.evidence_id is not None:
        return study.evidence_id == evidence.pk
    if study.snapshot and study.snapshot == evidence.snapshot:
        return True
    return _same_version(study, evidence)


def _same_version(study: Study, evidence: Evidence) -> bool:
    """Whether both read the whole of one version, so that no period was chosen for either."""
    run = evidence.run
    whole = not run.start and not run.end
    return whole and study.version_id is not None and study.version_id == run.version_id
