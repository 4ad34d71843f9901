"""The routes of studies."""

from django.urls import path

from sextant_server.studies.pages import choose, listing, live, new, one, runs

BASE = "products/<slug:slug>/"
LIVE = f"{BASE}evidence/<int:number>/<slug:study_kind>/"
urlpatterns = [
    path(f"{BASE}studies/", listing.listing, name="studies"),
    path(f"{BASE}studies/new/<slug:study_kind>/", new.new, name="study_new"),
    path(f"{BASE}studies/runs/<int:study_run_id>/", runs.run, name="study_run"),
    path(f"{BASE}studies/runs/<int:study_run_id>/cancel/", runs.cancel, name="study_run_cancel"),
    path(f"{BASE}studies/<int:number>/", one.one, name="study"),
    path(f"{BASE}studies/<int:number>/<str:file_name>", one.file, name="study_file"),
    path(f"{BASE}evidence/<int:number>/thresholds/choose/", choose.choose, name="threshold_choose"),
    path(LIVE, live.live, name="study_live"),
    path(f"{LIVE}<str:file_name>", live.file, name="study_live_file"),
]
