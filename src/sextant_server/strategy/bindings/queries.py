"""What evidence and sources say now, for many products in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from sextant_server.contracts.models import State
from sextant_server.core.among import among
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import BULKY, DECIDES
from sextant_server.sources.models import Source, SourceVersion, VersionState
from sextant_server.strategy.bindings.memory import remembered
from sextant_server.strategy.bindings.reading import Reading, Reference
from sextant_server.strategy.bindings.studies import citable, studied

Wanted = Iterable[tuple[int, Reference]]
Found = dict[tuple[int, Reference], Reading]
MEASURES = {"rows": "rows", "labelled": "rows with a label", "age": "days since it was read"}


def read(wanted: Wanted, today: date) -> Found:
    """What each reference of a product (by its key) says; three queries, whatever their number."""
    asked = list(dict.fromkeys(wanted))
    evidence = [one for one in asked if one[1].kind in FIND]
    sources = [one for one in asked if one[1].kind == "source"]
    kept = [one for one in asked if one[1].kind == "study"]
    return {**_evidence(evidence, today), **_sources(sources, today), **studied(kept, today)}


def newest(products: Collection[int]) -> dict[int, Evidence]:
    """The newest evidence of each product that decides, without its bulk."""
    return remembered("evidence", products, _newest)


def _newest(products: Collection[int]) -> dict[int, Evidence]:
    last = Evidence.objects.filter(
        DECIDES, product=OuterRef("product"), contract__state=State.LOCKED
    )
    rows = Evidence.objects.filter(
        among("product", products), pk=Subquery(last.order_by("-number").values("pk")[:1])
    )
    return {row.product_id: row for row in rows.defer(*BULKY)}


def offered(
    product: int, today: date, kinds: Collection[str] = ("criterion", "rate", "source")
) -> list[tuple[Reference, Reading]]:
    """All criteria, rates, sources and studies of a product that something can rest on.

    Of `kinds` without a source no source is read, and without a study no study.
    """
    found: list[tuple[Reference, Reading]] = []
    if evidence := newest([product]).get(product):
        names = [Reference("criterion", one["text"]) for one in evidence.brief["figures"]]
        names += [Reference("rate", one["metric"]) for one in evidence.brief["rates"]]
        found += [(name, _of_evidence(name, evidence, today)) for name in names]
    latest = versions([product]).get(product, {}) if "source" in kinds else {}
    for source, version in sorted(latest.items()):
        for measure in MEASURES:
            reference = Reference("source", f"{source}:{measure}")
            found.append((reference, _of_source(reference, version, today)))
    found += citable(product, today) if "study" in kinds else []
    return [one for one in found if not one[1].absent]


def _evidence(wanted: list[tuple[int, Reference]], today: date) -> Found:
    held = newest({product for product, _ in wanted})
    return {
        (product, reference): _of_evidence(reference, held.get(product), today)
        for product, reference in wanted
    }


def _of_evidence(reference: Reference, evidence: Evidence | None, today: date) -> Reading:
    if evidence is None:
        return Reading(absent="no evidence decides under a locked contract.")
    number, origin = evidence.number, evidence.subject
    if evidence.expires_on is not None and evidence.expires_on < today:
        gone = f"{evidence.expires_on.day} {evidence.expires_on:%b %Y}"
        return Reading(origin=origin, absent=f"evidence {number} expired on {gone}.")
    found = FIND[reference.kind](evidence.brief, reference.key)
    if found is None:
        return Reading(origin=origin, absent=f"evidence {number} says nothing of {reference.key}.")
    says = f"{found.says} Evidence {number}."
    return replace(found, says=says, origin=origin, on=evidence.recorded_at.date())


def _criterion(brief: Mapping[str, Any], text: str) -> Reading | None:
    row = next((one for one in brief["figures"] if one["text"] == text), None)
    if row is None:
        return None
    return Reading(
        row["estimate"], row["low"], row["high"], row["count"], row["verdict"], says=row["figures"]
    )


def _rate(brief: Mapping[str, Any], metric: str) -> Reading | None:
    row = next((one for one in brief["rates"] if one["metric"] == metric), None)
    if row is None:
        return None
    value, low, high = (f"{100 * row[name]:.1f}" for name in ("estimate", "low", "high"))
    says = f"{metric.replace('_', ' ')} {value} % ({low} to {high} %), n {row['n']:,}."
    return Reading(row["estimate"], row["low"], row["high"], row["n"], says=says)


FIND = {"criterion": _criterion, "rate": _rate}


def _sources(wanted: list[tuple[int, Reference]], today: date) -> Found:
    latest = versions({product for product, _ in wanted})
    return {
        (product, reference): _of_source(
            reference, latest.get(product, {}).get(reference.key.rpartition(":")[0]), today
        )
        for product, reference in wanted
    }


def versions(products: Collection[int]) -> dict[int, dict[str, SourceVersion]]:
    """The newest version of each source that could be read, by product and name."""
    return remembered("versions", products, _versions)


def _versions(products: Collection[int]) -> dict[int, dict[str, SourceVersion]]:
    last = SourceVersion.objects.filter(source=OuterRef("source"), state=VersionState.READY)
    rows = SourceVersion.objects.filter(
        among("source__product", products), pk=Subquery(last.order_by("-number").values("pk")[:1])
    ).select_related("source")
    found: dict[int, dict[str, SourceVersion]] = {}
    for row in rows:
        found.setdefault(row.source.product_id, {})[row.source.name] = row
    return found


def _of_source(reference: Reference, version: SourceVersion | None, today: date) -> Reading:
    name, _, measure = reference.key.rpartition(":")
    if version is None or version.rows is None:
        return Reading(absent=f"source “{name}” has no version that could be read.")
    found = _measured(version, measure, today)
    if found is None:
        return Reading(
            origin=version.subject, absent=f"source “{name}” has no confirmed column for it."
        )
    value, says = found
    return Reading(
        value=value, low=value, high=value, n=version.rows, says=f"{says} {name}, version"
        f" {version.number}.", origin=version.subject, on=version.created_at.date(),
    )  # fmt: skip


def _measured(version: SourceVersion, measure: str, today: date) -> tuple[float, str] | None:
    rows = version.rows or 0
    if measure == "rows":
        return float(rows), f"{rows:,} rows."
    if measure == "age":
        days = (today - version.created_at.date()).days
        return float(days), f"Read {days} days ago." if days != 1 else "Read a day ago."
    label = _label(version.source)
    column = next((one for one in version.columns if one["name"] == label), None)
    if measure != "labelled" or column is None:
        return None
    labelled = rows - int(column["missing"])
    return float(labelled), f"{labelled:,} of {rows:,} rows have a label."


def _label(source: Source) -> str | None:
    """The column that people have confirmed to be the label."""
    label = source.roles.get("label")
    return label.get("column") if isinstance(label, dict) else label
