from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Today and the product's page."""

    name = "sextant_server.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"
