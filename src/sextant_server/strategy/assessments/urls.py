"""The routes of frameworks and assessments."""

from django.urls import path

from sextant_server.strategy.assessments.pages import (
    answering,
    editing,
    frameworks,
    listing,
    risks,
)

BET = "products/<slug:slug>/bet/"
ONE = f"{BET}assessments/<str:framework>/"
FRAMEWORKS = "bets/frameworks/"
KEY = f"{FRAMEWORKS}<str:key>/"
urlpatterns = [
    path(f"{BET}assessments/", listing.assessments, name="assessments"),
    path(ONE, answering.assessment, name="assessment"),
    path(f"{ONE}settle/<str:question>/", answering.settle, name="assessment_settle"),
    path(f"{ONE}<slug:what>/", answering.do, name="assessment_do"),
    path(f"{BET}risks/", risks.risks, name="risks"),
    path(f"{BET}risks/<int:measure_id>/", risks.measure, name="risk_measure"),
    path(FRAMEWORKS, frameworks.frameworks, name="frameworks"),
    path(KEY, frameworks.framework, name="framework"),
    path(f"{KEY}versions/<int:version_id>/", frameworks.version, name="framework_version"),
    path(f"{KEY}edit/", editing.edit, name="framework_edit"),
    path(f"{KEY}check/", editing.check, name="framework_check"),
    path(f"{KEY}do/<slug:what>/", editing.do, name="framework_do"),
]
