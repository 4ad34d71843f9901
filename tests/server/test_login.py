"""Logging in and out, wrong passwords, too many of them, second factor, reset by mail."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client

from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "seven quiet otters swim"


def login(browser: Client, user: User, password: str = PASSWORD, **extra: Any) -> Any:
    return browser.post("/account/login/", {"login": user.email, "password": password}, **extra)


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def actions() -> list[str]:
    return [entry.action for entry in Entry.objects.order_by("sequence")]


def test_login_and_logout_are_recorded(member: User) -> None:
    browser = Client()
    response = login(browser, member, REMOTE_ADDR="192.0.2.7")
    assert response["Location"] == "/"
    assert browser.get("/today/").status_code == 200
    browser.post("/account/logout/")
    assert browser.get("/today/").status_code == 302
    assert actions() == ["login", "logout"]
    assert Entry.objects.get(action="login").address == "192.0.2.7"


def test_a_wrong_password_tells_nobody_whether_the_account_exists(member: User) -> None:
    wrong = login(Client(), member, "wrong password")
    none = Client().post("/account/login/", {"login": "no@example.org", "password": "wrong"})
    say = re.compile(rb'role="alert">(.*?)</p>')
    assert say.findall(wrong.content) == say.findall(none.content) != []
    assert actions() == []


def test_a_closed_account_cannot_log_in(member: User) -> None:
    User.objects.filter(pk=member.pk).update(is_active=False)
    login(browser := Client(), member)
    assert browser.get("/today/").status_code == 302


def test_guessing_is_slowed_down_per_account_and_address(member: User, stranger: User) -> None:
    for _ in range(5):
        login(Client(), member, "wrong password")
    browser = Client()
    login(browser, member)
    assert browser.get("/today/").status_code == 302, "even the right password waits"
    login(browser, stranger)
    assert browser.get("/today/").status_code == 200


def test_guessing_from_one_address_is_slowed_down(db: None) -> None:
    answers = [
        Client().post("/account/login/", {"login": f"n{n}@example.org", "password": "x"})
        for n in range(31)
    ]
    assert answers[-1].status_code == 429
    assert b"Too many attempts" in answers[-1].content


def test_a_page_that_was_asked_for_is_reached_after_login(member: User) -> None:
    browser = Client()
    asked = browser.get("/people/?page=1")
    assert asked["Location"] == "/account/login/?next=/people/%3Fpage%3D1"
    query = {"login": member.email, "password": PASSWORD, "next": "/people/?page=1"}
    assert browser.post("/account/login/", query)["Location"] == "/people/?page=1"
    elsewhere = query | {"next": "https://evil.example"}
    assert Client().post("/account/login/", elsewhere)["Location"] == "/"


def test_the_session_changes_at_login(member: User) -> None:
    browser = Client()
    browser.get("/account/login/")
    browser.session["seen"] = True
    before = browser.session.session_key
    login(browser, member)
    assert browser.session.session_key != before


@pytest.fixture
def secret(member: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(member, secret)
    return secret


def test_a_second_factor_is_asked_for(member: User, secret: str) -> None:
    browser = Client()
    response = login(browser, member)
    assert response["Location"] == "/account/2fa/authenticate/"
    assert browser.get("/today/").status_code == 302
    wrong = browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert browser.get("/today/").status_code == 302
    browser.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert browser.get("/today/").status_code == 200
    assert actions() == ["factor.failed", "login"]


def test_its_secret_is_encrypted_at_rest(member: User, secret: str) -> None:
    kept = Authenticator.objects.get(user=member)
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(code(secret))


def test_it_is_set_up_and_taken_down_by_its_person(
    member: User, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = False
    browser = Client()
    login(browser, member)
    asked = browser.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/account/2fa/totp/activate/")
    shown = re.search(rb"Or type the secret</dt><dd>([A-Z2-7]+)", page.content)
    assert shown
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/account/2fa/totp/activate/", {"code": code(shown[1].decode())})
    assert b"A second factor protects" in browser.get("/account/2fa/").content
    assert browser.get("/account/2fa/recovery-codes/").status_code == 200
    assert browser.get("/account/2fa/recovery-codes/download/")["Content-Type"] == "text/plain"
    browser.post("/account/2fa/totp/deactivate/")
    assert b"Only a password" in browser.get("/account/2fa/").content
    assert actions()[:2] == ["login", "factor.added"]
    assert "factor.removed" in actions()


def test_a_password_is_reset_by_mail_once(member: User) -> None:
    Client().post("/account/password/reset/", {"email": member.email})
    letter = mail.outbox[0]
    assert letter.subject == "Sextant: choose a new password"
    assert "Somebody, probably you" in letter.body
    link = next(word for word in letter.body.split() if "/key/" in word)
    path = re.sub(r"^https?://[^/]+", "", link)
    browser = Client()
    form = browser.get(path, follow=True)
    new = "eleven loud geese sing"
    browser.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    login(again := Client(), member, new)
    assert again.get("/today/").status_code == 200
    assert b"does not work any more" in Client().get(path, follow=True).content
    assert "password.reset" in actions()


def test_a_reset_for_an_unknown_address_sends_nothing_and_says_the_same(db: None) -> None:
    answer = Client().post("/account/password/reset/", {"email": "no@example.org"})
    assert answer["Location"] == "/account/password/reset/done/"
    assert mail.outbox == []


def test_without_mail_the_page_says_who_can_help(db: None, settings: Any) -> None:
    assert b"Send me a link" in Client().get("/account/password/reset/").content
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    said = Client().get("/account/password/reset/").content.decode()
    assert "sextant manage changepassword" in said
    assert "Send me a link" not in said


def test_nobody_signs_up(db: None) -> None:
    query = {"email": "new@example.org", "password1": PASSWORD}
    assert Client().post("/account/closed/account_signup/", query).status_code == 403
    assert Client().post("/account/signup/", query).status_code == 404
    assert not User.objects.exists()


def test_a_form_without_its_token_is_refused(
    member: User, as_: Callable[[User | None], Client]
) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert login(strict, member).status_code == 403
