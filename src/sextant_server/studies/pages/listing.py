"""All studies of a product, and what can be asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sextant_server.evidence.queries import latest_deciding
from sextant_server.products.entering import Here, in_product, show
from sextant_server.studies import kinds, queries
from sextant_server.studies.offering import offered_of, task_of
from sextant_server.ui.paging import page_of


@in_product
@require_safe
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """The newest first; jobs that are under way or came to nothing; what can be asked."""
    page = page_of(request, queries.studies_of(here.product))
    titles = {one.name: one.title for one in kinds.KINDS}
    newest = latest_deciding(here.product)
    evidence = queries.evidence_to_ask(newest) if newest else None
    context = {
        "page": page,
        "rows": [(one, titles.get(one.kind, one.kind)) for one in page.rows],
        "runs": list(queries.runs_of(here.product).exclude(job__state="done")[:10]),
        "kinds": [one for one in kinds.KINDS if one.from_rows and not one.from_rows.missing()],
        "task": task_of(evidence) if evidence else "",
        "evidence": evidence,
        "offers": offered_of(evidence) if evidence else [],
    }
    return show(request, here, "studies/studies.html", context)
