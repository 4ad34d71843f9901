from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    """Ideas, goals, and what is known of a product while it is a bet."""

    name = "sextant_server.strategy.opportunities"
    label = "opportunities"
    default_auto_field = "django.db.models.BigAutoField"
