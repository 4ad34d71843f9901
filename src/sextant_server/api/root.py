"""The root of the API. It answers to bearer tokens alone: a browser's cookie opens nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern
from ninja import NinjaAPI

from sextant import __version__
from sextant_server.accounts.api import router as accounts
from sextant_server.accounts.bearer import Bearer
from sextant_server.api.parsing import StorableParser
from sextant_server.candidates.api import router as candidates
from sextant_server.candidates.trading_api import router as tradeoffs
from sextant_server.contracts.api import router as contracts
from sextant_server.core.access import TOKEN, access
from sextant_server.core.problem_json import handle_errors
from sextant_server.events.api import router as events
from sextant_server.evidence.api import router as evidence
from sextant_server.failures.api import router as failures
from sextant_server.gates.api import router as gates
from sextant_server.products.api import router as products
from sextant_server.sources.api import router as sources
from sextant_server.strategy.assessments.api import router as assessments
from sextant_server.studies.api import router as studies

api = NinjaAPI(
    title="Sextant",
    version=__version__,
    description="Steer an AI product by evidence. Errors are application/problem+json.",
    docs_url=None,
    openapi_url=None,
    auth=Bearer(),
    parser=StorableParser(),
    urls_namespace="api",
)
handle_errors(api)
for router in (
    accounts, products, sources, contracts, evidence, studies, candidates, tradeoffs, assessments,
    failures, gates, events,
):  # fmt: skip
    api.add_router("", router)


@api.get("/openapi.json", auth=Bearer("account:read"), include_in_schema=False)
def openapi(request: HttpRequest) -> dict[str, Any]:
    """This description, for programs."""
    return schema()


def schema() -> dict[str, Any]:
    """The OpenAPI document."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


patterns = [
    entry for entry in api.urls[0] if isinstance(entry, URLPattern) and entry.name != "api-root"
]
for pattern in patterns:
    assert pattern.callback is not None
    access(TOKEN)(pattern.callback)
