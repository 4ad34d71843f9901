"""The routes of value models."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
