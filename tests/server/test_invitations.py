"""Invitations: for one address, once, for a while, by administrators."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from sextant_server.accounts import actions
from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import Invitation, Role, User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db
PASSWORD = "seven quiet otters swim"
NOBODY = Acting()


def test_an_invitation_makes_one_account(admin: User) -> None:
    _, key = actions.invite(Acting(user=admin), "New@Example.org", Role.MEMBER)
    user = actions.accept(NOBODY, key, "  New   Person ", PASSWORD)
    assert (user.email, user.name, user.role) == ("new@example.org", "New Person", "member")
    assert user.check_password(PASSWORD)
    with pytest.raises(Conflict, match="was used"):
        actions.accept(NOBODY, key, "Another", PASSWORD)


def test_the_key_is_not_kept(admin: User) -> None:
    invitation, key = actions.invite(Acting(user=admin), "new@example.org", Role.MEMBER)
    assert key not in str(Invitation.objects.values().get(pk=invitation.pk))
    assert key not in str(list(Entry.objects.values()))


def test_it_runs_out(admin: User) -> None:
    invitation, key = actions.invite(Acting(user=admin), "new@example.org", Role.MEMBER)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Conflict, match="has run out"):
        actions.accept(NOBODY, key, "New", PASSWORD)
    with pytest.raises(Conflict, match="no longer open"):
        actions.withdraw(Acting(user=admin), invitation.pk)


def test_it_can_be_withdrawn(admin: User) -> None:
    invitation, key = actions.invite(Acting(user=admin), "new@example.org", Role.MEMBER)
    actions.withdraw(Acting(user=admin), invitation.pk)
    with pytest.raises(Conflict, match="was withdrawn"):
        actions.accept(NOBODY, key, "New", PASSWORD)


def test_a_later_one_takes_the_place_of_an_earlier_one(admin: User) -> None:
    _, first = actions.invite(Acting(user=admin), "new@example.org", Role.MEMBER)
    _, second = actions.invite(Acting(user=admin), "new@example.org", Role.GUEST)
    with pytest.raises(Conflict):
        actions.accept(NOBODY, first, "New", PASSWORD)
    assert actions.accept(NOBODY, second, "New", PASSWORD).role == Role.GUEST


def test_who_may_invite(admin: User, member: User, stranger: User) -> None:
    for refused in (NOBODY, Acting(user=member), Acting(user=stranger)):
        with pytest.raises(NotAllowed):
            actions.invite(refused, "new@example.org", Role.MEMBER)
    assert Entry.objects.count() == 0
    actions.invite(Acting(user=admin), "new@example.org", Role.MEMBER)
    actions.invite(OPERATOR, "newer@example.org", Role.ADMIN)
    assert {entry.actor for entry in Entry.objects.all()} == {f"person:{admin.pk}", "operator"}


@pytest.mark.parametrize(
    ("email", "role", "error", "said"),
    [
        ("nothing", "member", Invalid, "'nothing' is no mail address"),
        ("new@example.org", "king", Invalid, "guest, member, admin"),
        ("ADMIN@example.org", "member", Conflict, "already has an account"),
    ],
)
def test_what_is_refused(admin: User, email: str, role: str, error: Any, said: str) -> None:
    with pytest.raises(error, match=said):
        actions.invite(Acting(user=admin), email, role)


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234", "new@example.org"])
def test_a_weak_password_is_refused(admin: User, password: str) -> None:
    _, key = actions.invite(Acting(user=admin), "new@example.org", Role.MEMBER)
    with pytest.raises(Invalid):
        actions.accept(NOBODY, key, "New", password)
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_pages_from_invitation_to_login(
    admin: User, as_: Callable[[User | None], Client]
) -> None:
    sent = as_(admin).post("/people/invite/", {"email": "new@example.org", "role": "member"})
    assert sent.status_code == 302
    link = next(word for word in mail.outbox[0].body.split() if "/join/" in word)
    path = link.removeprefix("http://127.0.0.1:8000")
    browser = Client()
    assert browser.get(path).status_code == 200
    joined = browser.post(path, {"name": "New", "password": PASSWORD})
    assert joined.status_code == 302
    assert browser.get("/today/").status_code == 200
    assert Client().get(path).status_code == 410


def test_without_mail_the_link_is_shown(
    admin: User, as_: Callable[[User | None], Client], settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = as_(admin).post("/people/invite/", {"email": "new@example.org", "role": "member"})
    assert b"/join/" in page.content


def test_a_mail_server_that_is_down_loses_nothing(
    admin: User, as_: Callable[[User | None], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("sextant_server.accounts.mails.send_mail", down)
    page = as_(admin).post("/people/invite/", {"email": "new@example.org", "role": "member"})
    assert b"/join/" in page.content
    assert Invitation.objects.count() == 1


def test_a_mistake_in_the_form_is_shown_at_its_field(
    admin: User, as_: Callable[[User | None], Client]
) -> None:
    page = as_(admin).post("/people/invite/", {"email": "admin@example.org", "role": "member"})
    assert page.status_code == 422
    assert b'id="id_email_error"' in page.content
    assert b"already has an account" in page.content
