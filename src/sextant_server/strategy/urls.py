"""The routes of strategy, an include an app."""

from django.urls import include, path

urlpatterns = [
    path("", include(f"sextant_server.strategy.{app}.urls"))
    for app in ("portfolio", "assessments", "economics", "opportunities", "team")
]
