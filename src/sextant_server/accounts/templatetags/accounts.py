"""What pages about people ask of the installation."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def sends_mail() -> bool:
    """Whether this installation can send mail."""
    return bool(settings.ACCOUNT_EMAIL_NOTIFICATIONS)
