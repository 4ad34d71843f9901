from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "sextant_server.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
