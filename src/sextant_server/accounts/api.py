"""The API about oneself: who a token belongs to, and one's tokens."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status

from sextant_server.accounts import actions, queries
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.bearer import Bearer
from sextant_server.accounts.models import ApiToken

router = Router(tags=["account"])


class AuthedRequest(HttpRequest):
    """A request after `Bearer`."""

    auth: Acting


class Me(Schema):
    """Who the token belongs to, and what it may do."""

    id: int
    email: str
    name: str
    role: str
    scopes: list[str]


class Token(Schema):
    """A token as it can be seen later: without its text."""

    id: int
    name: str
    start: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewToken(Schema):
    """What a new token is for, what it may do, for how many days."""

    name: str
    scopes: list[str]
    days: int = 90


class IssuedToken(Token):
    """A new token with its text, which is shown this once."""

    text: str


@router.get("/me", response=Me, auth=Bearer("account:read"), summary="Who am I?")
def me(request: AuthedRequest) -> dict[str, object]:
    """The person for whom the token acts."""
    user = request.auth.person()
    assert request.auth.token
    return {
        "id": user.pk, "email": user.email, "name": user.name, "role": user.role,
        "scopes": request.auth.token.scopes,
    }  # fmt: skip


@router.get("/tokens", response=list[Token], auth=Bearer("tokens:read"), summary="My tokens")
def tokens(request: AuthedRequest) -> list[ApiToken]:
    """Every token of the person, the newest first, at most 200."""
    return list(queries.tokens_of(request.auth.person())[:200])


@router.post(
    "/tokens", response={201: IssuedToken}, auth=Bearer("tokens:write"), summary="Make a token"
)
def issue(request: AuthedRequest, asked: NewToken) -> Status[ApiToken]:
    """A token with no more scopes and no longer life than the one that asks."""
    token, text = actions.issue_token(request.auth, asked.name, asked.scopes, asked.days)
    token.text = text  # type: ignore[attr-defined]
    return Status(201, token)


@router.delete(
    "/tokens/{token_id}",
    response={204: None},
    auth=Bearer("tokens:write"),
    summary="Revoke a token",
)
def revoke(request: AuthedRequest, token_id: int) -> Status[None]:
    """Close one of the person's tokens; closing it again changes nothing."""
    actions.revoke_token(request.auth, token_id)
    return Status(204, None)
