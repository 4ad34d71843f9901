"""The routes of the portfolio."""

from django.urls import path

from sextant_server.strategy.portfolio.pages import bets, capacity, case, yardsticks

urlpatterns = [
    path("bets/", bets.bets, name="bets"),
    path("bets/capacity/", capacity.capacity, name="capacity"),
    path("bets/yardsticks/", yardsticks.yardsticks, name="yardsticks"),
    path("bets/yardsticks/rates/", yardsticks.rate, name="rate_new"),
    path("bets/yardsticks/rates/drop/", yardsticks.rate_drop, name="rate_drop"),
    path("products/<slug:slug>/bet/case/", case.case, name="case"),
    path("products/<slug:slug>/bet/case/pdf/", case.case_pdf, name="case_pdf"),
]
