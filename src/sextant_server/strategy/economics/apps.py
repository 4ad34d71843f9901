from django.apps import AppConfig


class EconomicsConfig(AppConfig):
    """Value models: what a product is worth, with its uncertainty."""

    name = "sextant_server.strategy.economics"
    label = "economics"
    default_auto_field = "django.db.models.BigAutoField"
