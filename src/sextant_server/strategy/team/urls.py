"""The routes of roles, skills, life cycles and the glossary."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
