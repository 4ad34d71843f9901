from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """Products."""

    name = "sextant_server.products"
    label = "products"
    default_auto_field = "django.db.models.BigAutoField"
