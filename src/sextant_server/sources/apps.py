from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Sources."""

    name = "sextant_server.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"
