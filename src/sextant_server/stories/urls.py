"""The routes of today and the product's page."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
