"""A study, drawn from its record alone: a link that always shows exactly this."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from sextant_server.products.entering import Here, in_product, show
from sextant_server.studies import queries
from sextant_server.studies.actions import note_opened
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.kinds.kind import Kind
from sextant_server.studies.models import Study
from sextant_server.studies.pages.files import answered
from sextant_server.studies.showing import drawn


@in_product
@require_safe
def one(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """The answer as a headline, the proof below it."""
    study, kind = _found(here, number)
    if study.opened_at is None and here.parts:
        note_opened(study, timezone.now())
    context = {
        "study": study,
        "evidence": study.evidence,
        "asked": urlencode(
            {key: value for key, value in study.asked.items() if not isinstance(value, dict)},
            doseq=True,
        ),
        "unnamed": bool(study.asked.get("sent")) and study.version is None,
        "happened": _happened(here, kind, study),
        **drawn(kind, study.record),
    }
    return show(request, here, "studies/one.html", context)


@in_product
@require_safe
def file(request: HttpRequest, here: Here, number: int, file_name: str) -> HttpResponse:
    """One of its downloads: a table, a picture, the record, the whole as one page."""
    study, kind = _found(here, number)
    shown = {"title": study.title, "headline": study.headline, "verdict": study.verdict,
             "record": study.record}  # fmt: skip
    place = f"{here.product.slug}-study-{study.number}"
    return answered(kind, shown, file_name, place, study.recorded_at, here.product.name)


def _happened(here: Here, kind: Kind, study: Study) -> list[Any]:
    """What happened in the time of its rows, as it is known now; another app tells it."""
    stretch = kind.during(study.record)
    return import_string(settings.SEXTANT_HAPPENED)(here.product, *stretch) if stretch else []


def _found(here: Here, number: int) -> tuple[Study, Kind]:
    study = queries.study_one(here.product, number)
    kind = kind_named(study.kind) if study else None
    if study is None or kind is None:
        raise Http404(f"There is no study {number}.")
    return study, kind
