"""The routes of ideas, goals, bets and what is known of them."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
