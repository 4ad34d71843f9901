"""Every route is closed but to whom its rule admits; the public ones are these and no others."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sextant_server.accounts.models import User
from sextant_server.core.access import ADMIN, MEMBER, PRODUCT, PUBLIC, SIGNED_IN, TOKEN, rule_of

PUBLIC_ROUTES = {
    "account_login",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "join",
    "mfa_authenticate",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
}
EXAMPLE = {
    "user_id": "1", "invitation_id": "1", "token_id": "1", "key": "x", "uidb36": "1",
    "provider_id": "sso", "slug": "employment-pre-screen", "name": "predictions", "number": "1",
    "run_id": "1", "question_id": "1", "condition_id": "1", "what": "question", "term": "recall",
    "lesson": "specification", "cycle": "pom", "framework": "ai-value", "question": "frequency",
    "measure_id": "1", "version_id": "1",
    "kind": "pain", "record_id": "1", "part": "stake", "idea_id": "1", "goal_id": "1",
    "verdict": "keep", "study_kind": "comparison", "study_run_id": "1", "file_name": "record.json",
    "deed": "discard", "failure_id": "1",
}  # fmt: skip


def walk(entries: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


ROUTES = list(walk(get_resolver().url_patterns))
NAMES = [f"{entry.name or path}" for path, entry in ROUTES]


def address(path: str) -> str:
    """An address of a route, its parameters filled in."""
    import re

    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: EXAMPLE[found[1]], path)
    plain = re.sub(r"<\w+:(\w+)>", lambda found: EXAMPLE[found[1]], plain)
    return "/" + plain.replace("^", "").replace("$", "")


@pytest.mark.parametrize(("path", "entry"), ROUTES, ids=NAMES)
def test_every_route_has_a_rule_and_the_public_ones_are_listed(
    path: str, entry: URLPattern
) -> None:
    rule = rule_of(entry.callback)
    assert rule in (PUBLIC, SIGNED_IN, PRODUCT, MEMBER, ADMIN, TOKEN)
    assert (rule is PUBLIC) == (entry.name in PUBLIC_ROUTES)


@pytest.mark.alike  # whom to refuse is told from the same session and user at each route
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("path", "entry"), ROUTES, ids=NAMES)
def test_each_persona_at_each_route(
    path: str,
    entry: URLPattern,
    method: str,
    stranger: User,
    member: User,
    admin: User,
    as_: Callable[[User | None], Client],
) -> None:
    rule = rule_of(entry.callback)
    personas = {"nobody": None, "stranger": stranger, "member": member, "admin": admin}
    answers = {name: getattr(as_(user), method)(address(path)) for name, user in personas.items()}
    admitted = {
        PUBLIC: {"nobody", "stranger", "member", "admin"},
        SIGNED_IN: {"stranger", "member", "admin"},
        PRODUCT: {"stranger", "member", "admin"},  # there is no product here: nothing is found
        MEMBER: {"member", "admin"},
        ADMIN: {"admin"},
        TOKEN: set(),
    }[rule]
    for name, response in answers.items():
        if response.status_code == 405:  # the route has no such method, for nobody
            continue
        assert refused(response) == (name not in admitted), (name, response.status_code)
        assert response.status_code < 500


def refused(response: Any) -> bool:
    """Whether somebody was sent away, to the login or for good."""
    return (
        (response.status_code == 401 and response["Content-Type"] == "application/problem+json")
        or (response.status_code == 302 and response["Location"].startswith("/account/login/?"))
        or (response.status_code == 403 and b"not open to you" in response.content)
    )


def test_an_administrator_at_every_route(
    admin: User, as_: Callable[[User | None], Client], subtests: pytest.Subtests
) -> None:
    """What the pages ask can be asked of every database: of this one, too, by whom all is open."""
    for path, entry in ROUTES:
        for method in ("get", "post"):
            with subtests.test(f"{entry.name} {method}"), transaction.atomic():
                response = getattr(as_(admin), method)(address(path))
                transaction.set_rollback(True)
                assert response.status_code < 500
                assert response.status_code == 405 or refused(response) == (
                    rule_of(entry.callback) is TOKEN
                )


def test_a_view_without_a_rule_is_closed(admin: User, as_: Any, monkeypatch: Any) -> None:
    from sextant_server.ui import pages

    monkeypatch.delattr(pages.gallery, "access")
    assert as_(admin).get("/gallery/").status_code == 403


def test_a_page_that_is_not_there_tells_nobody_more(db: None) -> None:
    response = Client().get("/portfolio/1/")
    assert response.status_code == 404
    assert b"There is no such page" in response.content
