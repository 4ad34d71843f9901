from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Releases and runs of pipelines that happen elsewhere, beside what is recorded here."""

    name = "sextant_server.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"
