from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Studies."""

    name = "sextant_server.studies"
    label = "studies"
    default_auto_field = "django.db.models.BigAutoField"
