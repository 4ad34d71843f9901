"""Single sign-on: against an issuer of our own, who is let in and who is not."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from sextant_server.accounts import actions
from sextant_server.accounts.acting import OPERATOR
from sextant_server.accounts.models import Role, User
from sextant_server.audit.models import Entry

pytestmark = pytest.mark.django_db


class Issuer(ThreadingHTTPServer):
    """An issuer that says of everybody what `says` holds."""

    says: dict[str, Any]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Issuer

    def do_GET(self) -> None:
        url = self.server.url
        if self.path.startswith("/.well-known/"):
            self.say(
                {
                    "issuer": url,
                    "authorization_endpoint": f"{url}/authorize",
                    "token_endpoint": f"{url}/token",
                    "userinfo_endpoint": f"{url}/userinfo",
                    "jwks_uri": f"{url}/keys",
                }
            )
        else:
            self.say(self.server.says)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.say({"access_token": "given", "token_type": "Bearer"})

    def say(self, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args: Any) -> None:
        """Nothing: the test tells enough."""


@pytest.fixture
def issuer(settings: Any) -> Iterator[Issuer]:
    with Issuer(("127.0.0.1", 0), Answers) as server:
        server.says = {}
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        own = {"client_id": "sextant", "secret": "shared", "settings": {"server_url": server.url}}
        app = {"provider_id": "sso", "name": "Example", **own}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
        }
        yield server
        server.shutdown()
        thread.join()


def sign_on(issuer: Issuer, **says: Any) -> Client:
    """Go the way of the browser: to the issuer, and back with its code."""
    issuer.says = {"sub": "42", **says}
    browser = Client()
    sent = browser.post("/account/oidc/sso/login/")
    to = urlsplit(sent["Location"])
    asked = parse_qs(to.query)
    assert f"{to.scheme}://{to.netloc}" == issuer.url
    assert asked["code_challenge_method"] == ["S256"]
    back = {"code": "once", "state": asked["state"][0]}
    browser.get("/account/oidc/sso/login/callback/", back)
    return browser


def let_in(browser: Client) -> bool:
    return browser.get("/today/").status_code == 200


def test_the_login_page_offers_it(issuer: Issuer) -> None:
    assert b"Log in with Example" in Client().get("/account/login/").content


def test_somebody_with_an_account_is_let_in(issuer: Issuer, member: User) -> None:
    assert let_in(sign_on(issuer, email=member.email, email_verified=True))
    assert [entry.action for entry in Entry.objects.order_by("sequence")] == [
        "signon.connected",
        "login",
    ]


def test_somebody_who_was_invited_joins(issuer: Issuer) -> None:
    actions.invite(OPERATOR, "new@example.org", Role.MEMBER)
    says = {"email": "New@example.org", "email_verified": True, "name": "New Person"}
    assert let_in(sign_on(issuer, **says))
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.role, user.has_usable_password()) == ("New Person", "member", False)
    assert "person.joined" in {entry.action for entry in Entry.objects.all()}
    assert let_in(sign_on(issuer, **says)), "and comes back"
    assert User.objects.count() == 1


def test_somebody_unknown_is_not_let_in(issuer: Issuer) -> None:
    assert not let_in(sign_on(issuer, email="other@example.org", email_verified=True))
    assert not User.objects.exists()


def test_an_address_that_is_not_verified_opens_nothing(issuer: Issuer, member: User) -> None:
    actions.invite(OPERATOR, "new@example.org", Role.ADMIN)
    assert not let_in(sign_on(issuer, email="new@example.org", email_verified=False))
    assert not let_in(sign_on(issuer, email=member.email, email_verified=False))
    assert not let_in(sign_on(issuer, email=member.email))
    assert User.objects.count() == 1


def test_a_closed_account_stays_closed(issuer: Issuer, member: User) -> None:
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert not let_in(sign_on(issuer, email=member.email, email_verified=True))


def test_an_answer_that_nobody_asked_for_is_refused(issuer: Issuer, member: User) -> None:
    issuer.says = {"sub": "42", "email": member.email, "email_verified": True}
    browser = Client()
    browser.get("/account/oidc/sso/login/callback/", {"code": "once", "state": "guessed"})
    assert not let_in(browser)
