"""The routes of Today and of a product's page."""

from django.urls import path

from sextant_server.stories.pages import product, today

urlpatterns = [
    path("today/", today.today, name="today"),
    path("products/<slug:slug>/", product.product, name="product"),
]
