"""The routes of Today and of a product's page."""

from django.urls import path

from sextant_server.stories.pages import history, product, today

urlpatterns = [
    path("today/", today.today, name="today"),
    path("products/<slug:slug>/", product.product, name="product"),
    path("products/<slug:slug>/history/", history.history, name="product_history"),
]
