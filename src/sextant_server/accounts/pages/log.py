"""The audit log as a page."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sextant_server.accounts import queries
from sextant_server.audit.models import Entry, Head
from sextant_server.core.access import ADMIN, access
from sextant_server.ui.paging import page_of

PERSON = re.compile(r"person:(\d+)")


@access(ADMIN)
@require_safe
def audit_log(request: HttpRequest) -> HttpResponse:
    """Every change, the newest first, with the present head of the chain.

    `?subject=decision:12` shows what was done to one thing.
    """
    head, subject = Head.objects.get(id=1), request.GET.get("subject", "")[:120]
    entries = Entry.objects.filter(subject=subject) if subject else Entry.objects.all()
    page = page_of(request, entries, count=None if subject else head.sequence)
    found = [PERSON.findall(f"{entry.actor} {entry.subject}") for entry in page.rows]
    names = queries.names({int(number) for numbers in found for number in numbers})
    rows = [
        {
            "entry": entry,
            "actor": _named(entry.actor, names),
            "subject": _named(entry.subject, names),
        }
        for entry in page.rows
    ]
    context = {"page": page, "rows": rows, "head": head, "subject": subject}
    return render(request, "accounts/audit_log.html", context)


def _named(text: str, names: dict[int, str]) -> str:
    """`person:12` as the name of the person."""
    return PERSON.sub(lambda match: names.get(int(match[1]), match[0]), text)
