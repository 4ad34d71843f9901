from django.apps import AppConfig


class TeamConfig(AppConfig):
    """Roles, skills, life cycles and the glossary."""

    name = "sextant_server.strategy.team"
    label = "team"
    default_auto_field = "django.db.models.BigAutoField"
