"""The routes of runs and evidence."""

from django.urls import path

from sextant_server.evidence.pages import evidence, runs

BASE = "products/<slug:slug>/"
urlpatterns = [
    path(f"{BASE}runs/new/", runs.new, name="run_new"),
    path(f"{BASE}runs/<int:run_id>/", runs.run, name="run"),
    path(f"{BASE}runs/<int:run_id>/cancel/", runs.cancel, name="run_cancel"),
    path(f"{BASE}evidence/", evidence.listing, name="evidence"),
    path(f"{BASE}evidence/<int:number>/", evidence.one, name="evidence_one"),
    path(f"{BASE}evidence/<int:number>/report.html", evidence.report, name="evidence_report"),
    path(f"{BASE}evidence/<int:number>/record.json", evidence.as_json, name="evidence_json"),
]
