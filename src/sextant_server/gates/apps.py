from django.apps import AppConfig


class GatesConfig(AppConfig):
    """Gates."""

    name = "sextant_server.gates"
    label = "gates"
    default_auto_field = "django.db.models.BigAutoField"
