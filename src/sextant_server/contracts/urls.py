"""The routes of contracts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
