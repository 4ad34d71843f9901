"""The first page, Today, and the gallery of components."""

from django.urls import path

from sextant_server.ui import pages

urlpatterns = [
    path("", pages.first, name="first"),
    path("today/", pages.today, name="today"),
    path("gallery/", pages.gallery, name="gallery"),
]
