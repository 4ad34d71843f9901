"""The routes of roles, skills, life cycles and the glossary."""

from django.urls import path

from sextant_server.strategy.team.pages import cycles, learn, outcomes, roles, skills

urlpatterns = [
    path("learn/questions/", roles.home, name="home"),
    path("learn/", learn.words, name="learn"),
    path("learn/lessons/", learn.lessons, name="lessons"),
    path("learn/lessons/<slug:lesson>/", learn.lesson, name="lesson"),
    path("learn/life-cycles/", cycles.life_cycles, name="life_cycles"),
    path("learn/roles/", roles.roles, name="roles"),
    path("learn/skills/", skills.gaps, name="skills"),
    path("learn/skills/mine/", skills.mine, name="skills_mine"),
    path("learn/skills/people/<int:user_id>/", skills.person, name="skills_person"),
    path("learn/outcomes/", outcomes.outcomes, name="outcomes"),
    path("learn/reading/", learn.reading, name="reading"),
    path("learn/<slug:term>/", learn.term, name="term"),
    path("products/<slug:slug>/lens/<str:cycle>/", cycles.lens, name="product_lens"),
    path("products/<slug:slug>/needs/", skills.needs, name="product_needs"),
    path("products/<slug:slug>/needs/drop/", skills.drop, name="product_need_drop"),
]
