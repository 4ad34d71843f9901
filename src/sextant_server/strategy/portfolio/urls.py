"""The routes of the portfolio."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
