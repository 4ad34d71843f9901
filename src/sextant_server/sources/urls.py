"""The routes of sources."""

from django.urls import path

from sextant_server.sources.pages import listing, source

BASE = "products/<slug:slug>/sources/"
urlpatterns = [
    path(BASE, listing.sources, name="sources"),
    path(f"{BASE}new/", listing.new, name="source_new"),
    path(f"{BASE}<slug:name>/", source.source, name="source"),
    path(f"{BASE}<slug:name>/roles/", source.roles, name="source_roles"),
    path(f"{BASE}<slug:name>/rows/", source.rows, name="source_rows"),
    path(f"{BASE}<slug:name>/readers/", source.readers, name="source_readers"),
    path(f"{BASE}<slug:name>/versions/new/", source.new_version, name="source_version_new"),
]
