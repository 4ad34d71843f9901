"""Everything that was done to a product, from the audit log."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from sextant_server.accounts.queries import names
from sextant_server.audit.models import Entry
from sextant_server.gates.models import Decision
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Product
from sextant_server.stories.deeds import deed
from sextant_server.strategy.assessments.models import Assessment, Measure
from sextant_server.ui.paging import page_of
from sextant_server.ui.parts import Moment

PERSON = re.compile(r"person:(\d+)")


@in_product
@require_safe
def history(request: HttpRequest, here: Here) -> HttpResponse:
    """Each deed as a sentence, the newest first; nothing is left out."""
    page = page_of(request, entries_of(here.product))
    told = [PERSON.findall(f"{one.actor} {one.detail}") for one in page.rows]
    people = names({int(number) for found in told for number in found})
    pages = pages_of(here.product, {one.subject for one in page.rows})
    moments = [
        Moment(one.at, deed(one, people), _actor(one, people), href=pages.get(one.subject, ""))
        for one in page.rows
    ]
    return show(request, here, "stories/history.html", {"page": page, "moments": moments})


def pages_of(product: Product, subjects: Collection[str]) -> dict[str, str]:
    """The page of each subject of the audit log that has one."""
    keys: dict[str, set[int]] = defaultdict(set)
    for subject in subjects:
        kind, _, key = subject.partition(":")
        if key.isdecimal():
            keys[kind].add(int(key))
    found = {f"run:{key}": reverse("run", args=[product.slug, key]) for key in keys["run"]}
    found |= {
        f"study_run:{key}": reverse("study_run", args=[product.slug, key])
        for key in keys["study_run"]
    }
    found |= {f"level:{key}": reverse("feasible", args=[product.slug]) for key in keys["level"]}
    found |= {
        f"tradeoff:{key}": reverse("tradeoffs", args=[product.slug]) for key in keys["tradeoff"]
    }
    found |= {f"failure:{key}": reverse("failures", args=[product.slug]) for key in keys["failure"]}
    found |= {f"measure:{key}": reverse("risks", args=[product.slug]) for key in keys["measure"]}
    for kind, route, rows, number in (
        ("contract", "contract", product.contracts.all(), "number"),
        ("evidence", "evidence_one", product.evidence.all(), "number"),
        ("study", "study", product.studies.all(), "number"),
        ("candidate", "candidate", product.candidates.all(), "number"),
        ("choice", "choice", product.choices.all(), "number"),
        ("source", "source", product.sources.all(), "name"),
        ("assessment", "assessment", Assessment.objects.filter(product=product), "key"),
    ):
        if keys[kind]:
            for key, name in rows.filter(pk__in=keys[kind]).values_list("pk", number):
                found[f"{kind}:{key}"] = reverse(route, args=[product.slug, name])
    return found | _gates(product, keys["gate"], keys["decision"])


def _gates(product: Product, gates: Collection[int], decisions: Collection[int]) -> dict[str, str]:
    """The pages of gates, and of decisions, which stand on those of their gates; one query."""
    found: dict[str, str] = {}
    if gates or decisions:
        rows = product.gates.filter(Q(pk__in=gates) | Q(decisions__pk__in=decisions)).order_by()
        for key, number, decision in rows.values_list("pk", "number", "decisions__pk"):
            found[f"gate:{key}"] = page = reverse("gate", args=[product.slug, number])
            if decision:
                found[f"decision:{decision}"] = page
    return found


def entries_of(product: Product) -> QuerySet[Entry]:
    """The entries about a product and what belongs to it, by one query with subselects."""
    found = Q(subject=product.subject)
    for kind, rows in (
        ("source", product.sources.all()),
        ("contract", product.contracts.all()),
        ("run", product.runs.all()),
        ("evidence", product.evidence.all()),
        ("study_run", product.study_runs.all()),
        ("study", product.studies.all()),
        ("candidate", product.candidates.all()),
        ("level", product.levels.all()),
        ("choice", product.choices.all()),
        ("failure", product.failure_modes.all()),
        ("event", product.events.all()),
        ("gate", product.gates.all()),
        ("decision", Decision.objects.filter(gate__product=product)),
        ("assessment", Assessment.objects.filter(product=product)),
        ("measure", Measure.objects.filter(product=product)),
    ):
        name = Concat(Value(f"{kind}:"), Cast("pk", CharField()))
        found |= Q(subject__in=rows.order_by().annotate(named=name).values("named"))
    return Entry.objects.filter(found)


def _actor(entry: Entry, people: dict[int, str]) -> str:
    """The name of whoever did it, and by which program."""
    found = PERSON.match(entry.actor)
    if not found:
        return entry.actor
    name = people.get(int(found[1]), entry.actor)
    return f"{name}, by a program" if " by token:" in entry.actor else name
