"""The routes of value models."""

from django.urls import path

from sextant_server.strategy.economics.pages import editing, value

urlpatterns = [
    path("products/<slug:slug>/bet/value/", value.value_model, name="value_model"),
    path("products/<slug:slug>/bet/value/edit/", editing.value_edit, name="value_edit"),
    path("products/<slug:slug>/bet/value/anew/", value.anew, name="value_anew"),
    path("products/<slug:slug>/bet/value/follow/", value.bind, name="value_bind"),
    path("products/<slug:slug>/bet/value/keep/", value.unbind, name="value_unbind"),
]
