"""What pages about people ask of the installation."""

from __future__ import annotations

from django import template

from sextant_server.accounts.mails import mail_is_sent

register = template.Library()


@register.simple_tag
def sends_mail() -> bool:
    """Whether this installation can send mail."""
    return mail_is_sent()
