from django.apps import AppConfig


class FailuresConfig(AppConfig):
    """Failure modes with bands, each watched by one number of the contract."""

    name = "sextant_server.failures"
    label = "failures"
    default_auto_field = "django.db.models.BigAutoField"
