from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People."""

    name = "sextant_server.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sextant_server.accounts.allauth import events

        events.connect()
