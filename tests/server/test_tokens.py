"""API tokens: hashed, scoped, expiring, shown once, revocable."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sextant_server.accounts import actions, queries
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import ApiToken, User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db


def test_only_the_digest_is_kept(member: User) -> None:
    token, text = actions.issue_token(Acting(user=member), "CI", ["account:read"], 30)
    assert text.startswith("sxt_")
    assert len(text) > 40
    assert text not in str(ApiToken.objects.values().get())
    assert text not in str(list(Entry.objects.values()))
    assert queries.token_by_text(text) == token
    assert queries.token_by_text(text[:-1] + "x") is None
    assert queries.token_by_text("") is None


def test_it_expires_and_can_be_revoked(member: User) -> None:
    first, text = actions.issue_token(Acting(user=member), "CI", ["account:read"], 1)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert queries.token_by_text(text) is None
    second, text = actions.issue_token(Acting(user=member), "CI", ["account:read"], 1)
    actions.revoke_token(Acting(user=member), second.pk)
    actions.revoke_token(Acting(user=member), second.pk)
    assert queries.token_by_text(text) is None
    assert next(entry.action for entry in Entry.objects.all()) == "token.revoked"
    first.refresh_from_db()
    second.refresh_from_db()
    now = timezone.now()
    assert (first.state(now), second.state(now)) == ("expired", "revoked")


def test_somebody_elses_token_cannot_be_revoked(member: User, stranger: User, admin: User) -> None:
    token, _ = actions.issue_token(Acting(user=member), "CI", ["account:read"], 1)
    with pytest.raises(NotAllowed):
        actions.revoke_token(Acting(user=stranger), token.pk)
    with pytest.raises(NotAllowed):
        actions.revoke_token(Acting(), token.pk)
    own, _ = actions.issue_token(Acting(user=admin), "CI", ["tokens:write"], 1)
    with pytest.raises(NotAllowed):
        actions.revoke_token(Acting(user=admin, token=own), token.pk)
    actions.revoke_token(Acting(user=admin), token.pk)


def test_a_token_gives_no_more_than_it_has(member: User) -> None:
    own, _ = actions.issue_token(Acting(user=member), "CI", ["tokens:write"], 5)
    by = Acting(user=member, token=own)
    with pytest.raises(NotAllowed, match="account:read"):
        actions.issue_token(by, "more", ["account:read"], 1)
    child, _ = actions.issue_token(by, "longer", ["tokens:write"], 300)
    assert child.expires_at == own.expires_at
    assert Entry.objects.first().actor == f"person:{member.pk} by token:{own.pk}"


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [("", ["account:read"], 1), ("a", [], 1), ("a", ["all"], 1), ("a", ["account:read"], 0),
     ("a", ["account:read"], 367), ("x" * 81, ["account:read"], 1)],
)  # fmt: skip
def test_what_is_refused(member: User, name: str, scopes: list[str], days: int) -> None:
    with pytest.raises(Invalid):
        actions.issue_token(Acting(user=member), name, scopes, days)


def test_their_number_is_bounded(member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "TOKENS_EACH", 1)
    actions.issue_token(Acting(user=member), "CI", ["account:read"], 1)
    with pytest.raises(Conflict, match="Revoke one first"):
        actions.issue_token(Acting(user=member), "CI", ["account:read"], 1)


def test_its_last_use_is_noted_to_a_few_minutes(member: User, token_of: Callable[..., str]) -> None:
    bearer = {"Authorization": f"Bearer {token_of(member)}"}
    Client().get("/api/v1/me", headers=bearer)
    noted = ApiToken.objects.get().last_used_at
    assert noted is not None
    Client().get("/api/v1/me", headers=bearer)
    assert ApiToken.objects.get().last_used_at == noted


def test_the_page_shows_it_once(member: User) -> None:
    browser = Client()
    browser.post("/account/login/", {"login": member.email, "password": "seven quiet otters swim"})
    browser.post("/account/reauthenticate/", {"password": "seven quiet otters swim"})
    made = browser.post("/me/tokens/new/", {"name": "CI", "scopes": ["account:read"], "days": "90"})
    assert b"shown once" in made.content
    assert b"sxt_" in made.content
    text = made.content.split(b'class="once">')[1].split(b"<")[0]
    assert text not in browser.get("/me/").content
    token = ApiToken.objects.get()
    browser.post(f"/me/tokens/{token.pk}/revoke/")
    assert b"revoked" in browser.get("/me/").content
