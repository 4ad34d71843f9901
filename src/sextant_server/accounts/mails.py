"""The mails about people."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from sextant_server.accounts.models import Invitation

log = logging.getLogger("sextant.accounts")
NONE = "django.core.mail.backends.dummy.EmailBackend"


def mail_is_sent() -> bool:
    """Whether this installation sends mail at all."""
    return settings.EMAIL_BACKEND != NONE


def invitation_link(key: str) -> str:
    """The address that an invited person opens."""
    return settings.SEXTANT.url + reverse("join", args=[key])


def send_invitation(invitation: Invitation, key: str) -> bool:
    """Send the link; False where no mail went out, so that it must be passed on by hand."""
    if not mail_is_sent():
        return False
    context = {"invitation": invitation, "link": invitation_link(key), "url": settings.SEXTANT.url}
    text = render_to_string("accounts/mail/invitation.txt", context)
    try:
        send_mail("Sextant: you are invited", text, None, [invitation.email])
    except (OSError, SMTPException):
        log.exception("mail.failed", extra={"mail": "invitation"})
        return False
    return True
