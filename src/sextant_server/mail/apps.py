from django.apps import AppConfig


class MailConfig(AppConfig):
    """Letters."""

    name = "sextant_server.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
