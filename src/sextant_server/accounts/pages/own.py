"""One's own account: who one is here, and the tokens of one's programs."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sextant_server.accounts import actions, queries
from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.forms import NameForm, TokenForm
from sextant_server.accounts.models import ROLE_SAYS, Role
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import SIGNED_IN, access
from sextant_server.core.errors import Refused


@access(SIGNED_IN)
def account(request: HttpRequest) -> HttpResponse:
    """Name, role, ways to log in, tokens."""
    user = person_of(request)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: actions.rename(by, form.cleaned_data["name"])):
            messages.success(request, "Your name is changed.")
            return redirect("account")
    now = timezone.now()
    tokens = [(token, token.state(now)) for token in queries.tokens_of(user)[:100]]
    context = {
        "form": form,
        "tokens": tokens,
        "second_factor": is_mfa_enabled(user),
        "role_says": ROLE_SAYS[Role(user.role)],
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@reauthentication_required
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token; its text is on the answer and nowhere else."""
    form = TokenForm(request.POST or None)
    if request.method == "POST":
        by = Acting.of(request)
        issued = attempt(form, lambda: actions.issue_token(by, **form.cleaned_data))
        if issued:
            token, text = issued
            return render(request, "accounts/token_issued.html", {"token": token, "text": text})
    status = 422 if form.errors else 200
    return render(request, "accounts/token_new.html", {"form": form}, status=status)


@access(SIGNED_IN)
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Revoke a token."""
    try:
        actions.revoke_token(Acting.of(request), token_id)
        messages.success(request, "The token is revoked.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("account")
