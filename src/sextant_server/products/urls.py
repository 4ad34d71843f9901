"""The routes of products and their people; the page of a product is a story."""

from django.urls import path

from sextant_server.products.pages import about, listing

urlpatterns = [
    path("products/", listing.products, name="products"),
    path("products/new/", listing.new, name="product_new"),
    path("products/<slug:slug>/edit/", about.edit, name="product_edit"),
    path("products/<slug:slug>/people/", about.people, name="product_people"),
    path("products/<slug:slug>/people/take/", about.take, name="product_take"),
]
