"""The API: bearer tokens with scopes, problems as problem+json, a reviewed description."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sextant_server.accounts.bearer import Bearer
from sextant_server.accounts.models import User
from sextant_server.api.root import api, schema

SNAPSHOT = Path(__file__).parent.parent.parent / "docs/openapi.json"
pytestmark = pytest.mark.django_db


def call(text: str, method: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {text}"} if text else {}
    extra = {} if body is None else {"data": body, "content_type": "application/json"}
    return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **extra)


def operations() -> list[Any]:
    return [
        operation
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]


def test_every_operation_asks_for_a_scope() -> None:
    assert len(operations()) >= 5
    for operation in operations():
        (auth,) = operation.auth_callbacks
        assert isinstance(auth, Bearer)
        assert auth.scope, f"{operation.view_func.__name__} names no scope and is closed"


def test_an_operation_that_names_no_scope_is_closed(
    member: User, token_of: Callable[..., str], rf: Any
) -> None:
    from sextant_server.core.errors import NotAllowed

    with pytest.raises(NotAllowed):
        Bearer().authenticate(rf.get("/"), token_of(member))
    with pytest.raises(ValueError, match="no scope 'everything'"):
        Bearer("everything")


def test_who_am_i(member: User, token_of: Callable[..., str]) -> None:
    found = call(token_of(member, "account:read"), "get", "/me").json()
    assert found == {
        "id": member.pk, "email": "member@example.org", "name": "Member", "role": "member",
        "scopes": ["account:read"],
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "sxt_wrong", "Bearer", "x" * 5000])
def test_without_a_valid_token(text: str) -> None:
    answer = call(text, "get", "/me")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["title"] == "Not authenticated"


def test_a_cookie_opens_nothing(member: User, as_: Callable[[User | None], Client]) -> None:
    assert as_(member).get("/api/v1/me").status_code == 401


def test_a_scope_that_the_token_lacks(member: User, token_of: Callable[..., str]) -> None:
    answer = call(token_of(member, "account:read"), "get", "/tokens")
    assert answer.status_code == 403
    assert "tokens:read" in answer.json()["detail"]


def test_tokens_are_made_listed_and_revoked(member: User, token_of: Callable[..., str]) -> None:
    text = token_of(member)
    made = call(text, "post", "/tokens", {"name": "CI", "scopes": ["account:read"], "days": 3})
    assert made.status_code == 201
    issued = made.json()
    assert call(issued["text"], "get", "/me").status_code == 200
    listed = call(text, "get", "/tokens").json()
    assert [token["name"] for token in listed] == ["CI", "test"]
    assert all("text" not in token for token in listed)
    assert call(text, "delete", f"/tokens/{issued['id']}").status_code == 204
    assert call(issued["text"], "get", "/me").status_code == 401


def test_strangers_tokens_are_not_there(
    member: User, stranger: User, token_of: Callable[..., str]
) -> None:
    token_of(member)
    text = token_of(stranger)
    assert len(call(text, "get", "/tokens").json()) == 1
    other = member.tokens.get().pk
    assert call(text, "delete", f"/tokens/{other}").status_code == 403


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "name"),
        ({"name": "CI", "scopes": "all"}, "scopes"),
        ({"name": "CI", "scopes": ["all"]}, "no scope 'all'"),
        ({"name": "CI", "scopes": ["account:read"], "days": 10**9}, "1 to 366 days"),
        ("{", "parse"),
    ],
)
def test_bad_input_is_a_problem(
    member: User, token_of: Callable[..., str], body: Any, detail: str
) -> None:
    answer = call(token_of(member), "post", "/tokens", body)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert detail in answer.json()["detail"]


def test_the_description_is_as_reviewed(member: User, token_of: Callable[..., str]) -> None:
    """Write it again with: make openapi."""
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))
    assert call(token_of(member), "get", "/openapi.json").json()["info"]["title"] == "Sextant"
