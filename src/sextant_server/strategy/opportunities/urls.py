"""The routes of ideas, goals, bets and what is known of them."""

from django.urls import path

from sextant_server.strategy.opportunities.pages import (
    bet,
    goals,
    ideas,
    opportunity,
    patterns,
    records,
)

BET = "products/<slug:slug>/bet/"
urlpatterns = [
    path(BET, opportunity.opportunity, name="opportunity"),
    path(f"{BET}say/<str:part>/", bet.say, name="bet_part"),
    path(f"{BET}draft/", bet.draft, name="bet_draft"),
    path(f"{BET}records/<str:kind>/", records.new, name="record_new"),
    path(f"{BET}records/<str:kind>/<int:record_id>/", records.edit, name="record"),
    path(f"{BET}records/<str:kind>/<int:record_id>/drop/", records.drop, name="record_drop"),
    path("bets/ideas/", ideas.ideas, name="ideas"),
    path("bets/ideas/<int:idea_id>/", ideas.idea, name="idea"),
    path("bets/ideas/<int:idea_id>/judge/<str:verdict>/", ideas.judge, name="idea_judge"),
    path("bets/ideas/<int:idea_id>/bet/", ideas.begin, name="idea_bet"),
    path("bets/goals/", goals.goals, name="goals"),
    path("bets/goals/<int:goal_id>/", goals.goal, name="goal"),
    path("bets/goals/<int:goal_id>/drop/", goals.drop, name="goal_drop"),
    path("bets/patterns/", patterns.patterns, name="patterns"),
    path("bets/patterns/<str:key>/", patterns.pattern, name="pattern"),
]
