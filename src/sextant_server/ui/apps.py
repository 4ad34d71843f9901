from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look."""

    name = "sextant_server.ui"
    label = "ui"
