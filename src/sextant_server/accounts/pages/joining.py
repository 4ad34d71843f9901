"""The page behind an invitation's link."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from sextant_server.accounts import actions, queries
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.forms import JoinForm
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import PUBLIC, access


@access(PUBLIC)
@sensitive_post_parameters()
def join(request: HttpRequest, key: str) -> HttpResponse:
    """Choose name and password; afterwards one is logged in."""
    invitation = queries.invitation_by_key(key)
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=410)
    form = JoinForm(request.POST or None)
    if request.method == "POST":
        by = Acting.of(request)
        user = attempt(form, lambda: actions.accept(by, key, **form.cleaned_data))
        if user:
            entered: HttpResponse = perform_login(request, user, email_verification="none")
            return entered
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)
