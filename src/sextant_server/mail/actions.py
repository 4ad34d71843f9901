"""Writing letters, and sending those that wait."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from sextant_server.accounts.mails import mail_is_sent
from sextant_server.accounts.models import User
from sextant_server.mail.models import Letter

log = logging.getLogger("sextant.mail")
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)
GIVEN_UP = timedelta(days=3)
AT_ONCE = 50


def write_to(
    people: Iterable[User], subject: str, template: str, context: Mapping[str, Any]
) -> int:
    """Write a letter to each of these people whose account is open; returns how many.

    It stands in the transaction of what it tells about, and is sent afterwards. Where the
    installation sends no mail, none is written: Today says the same to everybody.
    """
    if not mail_is_sent():
        return 0
    now = timezone.now()
    held = {**context, "url": settings.SEXTANT.url}
    letters = [
        Letter(
            to=person,
            subject=" ".join(subject.split())[:200],
            body=render_to_string(template, {**held, "person": person}),
            next_at=now,
        )
        for person in {one.pk: one for one in people if one.is_active}.values()
    ]
    Letter.objects.bulk_create(letters)
    return len(letters)


def send_waiting(now: datetime) -> int:
    """Send the letters that are due; returns how many went out.

    Each is claimed by moving its next attempt on from the moment at which it is sent, so that two
    workers do not send it twice, however slow a batch is; one that a worker dies over is tried
    again.
    """
    waiting = Letter.objects.filter(sent_at=None, given_up_at=None, next_at__lte=now)
    sent = 0
    for letter in waiting.select_related("to").order_by("id")[:AT_ONCE]:
        at = max(now, timezone.now())
        later = at + min(FIRST * 2**letter.attempts, LONGEST)
        claim = Letter.objects.filter(pk=letter.pk, next_at=letter.next_at, sent_at=None)
        if claim.update(next_at=later, attempts=F("attempts") + 1):
            sent += _send(letter, at)
    return sent


def _send(letter: Letter, now: datetime) -> bool:
    own = Letter.objects.filter(pk=letter.pk)
    if not letter.to.is_active:
        own.update(given_up_at=now, problem="the account is closed")
        return False
    try:
        send_mail(letter.subject, letter.body, None, [letter.to.email])
    except (OSError, SMTPException) as error:
        problem = f"{type(error).__name__}: {error}"[:300]
        over = now - letter.created_at > GIVEN_UP
        own.update(problem=problem, given_up_at=now if over else None)
        log.warning("letter.waits", extra={"letter": letter.pk, "problem": problem, "over": over})
        return False
    own.update(sent_at=now, problem="")
    return True
