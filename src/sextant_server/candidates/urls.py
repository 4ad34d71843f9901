"""The routes of candidates."""

from django.urls import path

from sextant_server.candidates.pages import board, choice, feasible, matrix, one, trades

BASE = "products/<slug:slug>/candidates/"
urlpatterns = [
    path(BASE, board.board, name="candidates"),
    path(f"{BASE}new/", board.new, name="candidate_new"),
    path(f"{BASE}feasible/", feasible.feasible, name="feasible"),
    path(f"{BASE}shown/", matrix.matrix, name="matrix"),
    path(f"{BASE}trade-offs/", trades.trades, name="tradeoffs"),
    path(f"{BASE}trade-offs/<int:number>/", trades.answer, name="tradeoff_answer"),
    path(f"{BASE}<int:number>/", one.one, name="candidate"),
    path(f"{BASE}<int:number>/<slug:deed>/", one.act, name="candidate_act"),
    path(f"{BASE}choices/<int:number>/", choice.choice, name="choice"),
    path(f"{BASE}choices/<int:number>/answer/", choice.answer, name="choice_answer"),
]
