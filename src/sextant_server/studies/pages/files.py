"""Downloads of a kept study and of a live page alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse

from sextant_server.studies.drawing.pictures import png, standalone
from sextant_server.studies.drawing.report import page
from sextant_server.studies.drawing.tables import as_csv
from sextant_server.studies.kinds.kind import Kind

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def answered(
    kind: Kind, found: Mapping[str, Any], name: str, place: str, at: datetime | None, product: str
) -> HttpResponse:
    """The file `name` of what was found; `place` begins the names of files. Raises Http404.

    `found` has title, headline, verdict and record.
    """
    record = found["record"]
    if name == "record.json":
        return JsonResponse(record)
    if name == "report.html":
        text = kind.report(record) if kind.report else page(kind, found, at, product)
        return _file(text.encode(), "text/html; charset=utf-8", f"{place}.html")
    stem, _, form = name.rpartition(".")
    if form == "csv":
        for table in kind.tables(record):
            if table.name == stem:
                return _file(as_csv(table), "text/csv; charset=utf-8", f"{place}-{name}")
    if form in ("svg", "png"):
        for picture in kind.pictures(record):
            if picture.name == stem:
                svg = standalone(picture.svg, picture.title)
                if form == "svg":
                    return _file(svg.encode(), "image/svg+xml", f"{place}-{name}")
                return _file(png(svg), "image/png", f"{place}-{name}")
    raise Http404(f"There is no file {name}.")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
