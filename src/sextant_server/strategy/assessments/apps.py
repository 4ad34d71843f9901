from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Frameworks, and the answers that are given under them."""

    name = "sextant_server.strategy.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
