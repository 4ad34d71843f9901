"""The page of something that is computed in the background: how far it is, how it ended."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sextant_server.jobs.models import Job, State
from sextant_server.jobs.queries import worker_lives
from sextant_server.products.entering import Here, show


def watched(
    request: HttpRequest, here: Here, job: Job | None, context: dict[str, Any], templates: str
) -> HttpResponse:
    """`<templates>.html`; htmx asks for its changing part alone, `<templates>_state.html`.

    Without a job the work was done elsewhere, and has ended.
    """
    waiting = job is not None and job.state == State.WAITING
    held = {
        **context,
        "job": job,
        "percent": round(100 * job.progress) if job else 100,
        "no_worker": waiting and not worker_lives(),
    }
    if request.headers.get("HX-Request") != "true":
        return show(request, here, f"{templates}.html", held)
    part = render(request, f"{templates}_state.html", {**held, "product": here.product})
    if job is None or job.ended:
        part.headers["HX-Refresh"] = "true"
    return part
