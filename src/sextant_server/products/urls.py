"""The routes of products."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
