"""The first page and the gallery of components."""

from django.urls import path

from sextant_server.ui import pages

urlpatterns = [
    path("", pages.first, name="first"),
    path("gallery/", pages.gallery, name="gallery"),
]
