from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Which bet next: the ranking, the mix, the capacity, the case."""

    name = "sextant_server.strategy.portfolio"
    label = "portfolio"
    default_auto_field = "django.db.models.BigAutoField"
