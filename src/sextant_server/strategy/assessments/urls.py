"""The routes of frameworks and assessments."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
