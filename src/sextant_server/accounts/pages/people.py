"""Who is here: everybody, the open invitations, one person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sextant_server.accounts import actions, queries
from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.forms import InviteForm, RoleForm
from sextant_server.accounts.mails import invitation_link, send_invitation
from sextant_server.accounts.models import ROLE_SAYS, Invitation
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import ADMIN, MEMBER, access
from sextant_server.core.errors import Refused
from sextant_server.ui.paging import page_of


@access(MEMBER)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody here; administrators also see the open invitations."""
    admin = person_of(request).is_admin
    context = {
        "page": page_of(request, queries.people()),
        "invitations": queries.open_invitations() if admin else [],
    }
    return render(request, "accounts/people.html", context)


@access(ADMIN)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; where no mail went out, the link is shown, once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        sent = attempt(form, lambda: actions.invite(Acting.of(request), **form.cleaned_data))
        if sent:
            invitation, key = sent
            if send_invitation(invitation, key):
                messages.success(request, f"The invitation is on its way to {invitation.email}.")
                return redirect("people")
            context = {"invitation": invitation, "link": invitation_link(key)}
            return render(request, "accounts/invited.html", context)
    status = 422 if form.errors else 200
    context = {"form": form, "roles": _roles()}
    return render(request, "accounts/invite.html", context, status=status)


@access(ADMIN)
@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation."""
    invitation = get_object_or_404(Invitation, pk=invitation_id)
    try:
        actions.withdraw(Acting.of(request), invitation.pk)
        messages.success(request, f"The invitation of {invitation.email} is withdrawn.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("people")


@access(ADMIN)
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person: the role, and whether the account is open."""
    found = get_object_or_404(queries.people(), pk=user_id)
    form = RoleForm(request.POST or None, initial={"role": found.role})
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: actions.change_role(by, found.pk, form.cleaned_data["role"])):
            messages.success(request, f"The role of {found} is changed.")
            return redirect("people")
    context = {"person": found, "form": form, "roles": _roles()}
    return render(request, "accounts/person.html", context, status=422 if form.errors else 200)


@access(ADMIN)
@require_POST
def activity(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account or open it again."""
    found = get_object_or_404(queries.people(), pk=user_id)
    close = request.POST.get("to") == "closed"
    try:
        (actions.deactivate if close else actions.reactivate)(Acting.of(request), found.pk)
        messages.success(request, f"The account of {found} is {'closed' if close else 'open'}.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("person", found.pk)


def _roles() -> list[tuple[str, str]]:
    return [(role.label.capitalize(), says) for role, says in ROLE_SAYS.items()]
