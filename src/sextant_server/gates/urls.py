"""The routes of gates."""

from django.urls import path

from sextant_server.gates.pages import gate, listing

BASE = "products/<slug:slug>/gates/"
ONE = f"{BASE}<int:number>/"
urlpatterns = [
    path(BASE, listing.gates, name="gates"),
    path(ONE, gate.gate, name="gate"),
    path(f"{ONE}questions/<int:question_id>/", gate.reply, name="gate_answer"),
    path(f"{ONE}conditions/<int:condition_id>/", gate.met, name="gate_condition"),
    path(f"{ONE}say/<slug:what>/", gate.say, name="gate_say"),
]
