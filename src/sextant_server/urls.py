"""All routes. `core.access` closes whatever carries no rule."""

from django.urls import include, path

from sextant_server.api.root import patterns

urlpatterns = [
    path("", include("sextant_server.ui.urls")),
    path("", include("sextant_server.accounts.urls")),
    path("", include("sextant_server.products.urls")),
    path("", include("sextant_server.sources.urls")),
    path("", include("sextant_server.contracts.urls")),
    path("", include("sextant_server.evidence.urls")),
    path("", include("sextant_server.studies.urls")),
    path("", include("sextant_server.candidates.urls")),
    path("", include("sextant_server.strategy.urls")),
    path("", include("sextant_server.failures.urls")),
    path("", include("sextant_server.gates.urls")),
    path("", include("sextant_server.stories.urls")),
    path("account/", include("sextant_server.accounts.allauth.routes")),
    path("api/v1/", include((patterns, "api"), namespace="api")),
]
handler400 = "sextant_server.ui.errors.bad_request"
handler403 = "sextant_server.ui.errors.forbidden"
handler404 = "sextant_server.ui.errors.not_found"
handler429 = "sextant_server.ui.errors.rate_limited"
handler500 = "sextant_server.ui.errors.fault"
