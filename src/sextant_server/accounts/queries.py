"""What is read of people, invitations and tokens."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from sextant_server.accounts.models import ApiToken, Invitation, User
from sextant_server.accounts.secrets import TOKEN, digest


def people() -> QuerySet[User]:
    """Everybody with an account, with `second_factor`: whether a code is asked at login."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return User.objects.annotate(second_factor=Exists(factor)).order_by("-is_active", "name", "id")


def names(ids: set[int]) -> dict[int, str]:
    """The names of people by id."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}


def open_invitations(now: datetime | None = None) -> QuerySet[Invitation]:
    """Invitations that still let somebody in."""
    return Invitation.objects.filter(
        withdrawn_at=None, accepted_at=None, expires_at__gt=now or timezone.now()
    ).select_related("invited_by")


def invitation_by_key(key: str) -> Invitation | None:
    """The open invitation with this key."""
    return open_invitations().filter(digest=digest(key)).first()


def invitation_for(email: str) -> Invitation | None:
    """The open invitation of this address."""
    return open_invitations().filter(email=email.lower()).first()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's tokens, the newest first."""
    return ApiToken.objects.filter(user=user)


def valid_tokens(user: User, now: datetime) -> QuerySet[ApiToken]:
    """A person's tokens that still open something."""
    return tokens_of(user).filter(revoked_at=None, expires_at__gt=now)


def token_by_text(text: str) -> ApiToken | None:
    """The valid token of an active person with this text."""
    if not text.startswith(TOKEN):
        return None
    token = ApiToken.objects.select_related("user").filter(digest=digest(text)).first()
    valid = token and token.user.is_active and token.is_valid(timezone.now())
    return token if valid else None
