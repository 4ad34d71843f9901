from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    """Candidates."""

    name = "sextant_server.candidates"
    label = "candidates"
    default_auto_field = "django.db.models.BigAutoField"
