"""The routes of failure modes."""

from django.urls import path

from sextant_server.failures.pages import failures

BASE = "products/<slug:slug>/failures/"
urlpatterns = [
    path(BASE, failures.failures, name="failures"),
    path(f"{BASE}pattern/", failures.from_pattern, name="failures_pattern"),
    path(f"{BASE}<int:failure_id>/", failures.failure, name="failure"),
]
