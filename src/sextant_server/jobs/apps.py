from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work."""

    name = "sextant_server.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
