from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence."""

    name = "sextant_server.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
