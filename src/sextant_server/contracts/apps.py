from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Contracts."""

    name = "sextant_server.contracts"
    label = "contracts"
    default_auto_field = "django.db.models.BigAutoField"
