"""Everything that changes people, invitations and tokens.

An action holds permission, change and audit entry in one transaction; nothing else writes these
tables but the adapters through which allauth keeps passwords and second factors.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from sextant_server.accounts import queries
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import ApiToken, Invitation, Role, User
from sextant_server.accounts.scopes import NAMES
from sextant_server.accounts.secrets import TOKEN, digest, new_key
from sextant_server.core.errors import Conflict, Invalid, NotAllowed

INVITATION_DAYS = 7
TOKEN_DAYS = 366
TOKENS_EACH = 50
USE_NOTED = timedelta(minutes=5)


@transaction.atomic
def invite(by: Acting, email: str, role: str) -> tuple[Invitation, str]:
    """Let one address in with a role; a later invitation takes the place of an earlier one.

    Returns the invitation and its key, which is not kept.
    """
    by.need_admin()
    address = _address(email)
    if role not in Role.values:
        raise Invalid(f"There is no role {role!r}. Use {', '.join(Role.values)}.", "role")
    if User.objects.filter(email=address).exists():
        raise Conflict(f"{address} already has an account. Change its role instead.", "email")
    now = timezone.now()
    open_before = Invitation.objects.filter(email=address, withdrawn_at=None, accepted_at=None)
    open_before.update(withdrawn_at=now)
    key = new_key()
    invitation = Invitation.objects.create(
        email=address,
        role=role,
        digest=digest(key),
        invited_by=by.user,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    by.record("person.invited", f"invitation:{invitation.pk}", email=address, role=role)
    return invitation, key


@transaction.atomic
def withdraw(by: Acting, invitation_id: int) -> None:
    """Close an invitation that nobody has used."""
    by.need_admin()
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if not invitation.is_open(timezone.now()):
        raise Conflict("The invitation is no longer open.")
    Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    by.record("invitation.withdrawn", f"invitation:{invitation.pk}", email=invitation.email)


@transaction.atomic
def accept(by: Acting, key: str, name: str, password: str) -> User:
    """Use an invitation: make the account that it promises. It works once."""
    invitation = Invitation.objects.select_for_update().filter(digest=digest(key)).first()
    if invitation is None or not invitation.is_open(timezone.now()):
        raise Conflict("The invitation was used, was withdrawn or has run out. Ask for a new one.")
    user = User(email=invitation.email, name=_name(name), role=invitation.role)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), "password") from error
    user.set_password(password)
    user.save()
    return join(by, invitation, user)


@transaction.atomic
def join(by: Acting, invitation: Invitation, user: User) -> User:
    """Mark an invitation as used by an account that was just made for it."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now(), accepted_by=user)
    own = Acting(user=user, address=by.address)
    own.record("person.joined", f"person:{user.pk}", invitation=invitation.pk, role=str(user.role))
    return user


@transaction.atomic
def change_role(by: Acting, user_id: int, role: str) -> User:
    """Give another role. The last active administrator stays one."""
    by.need_admin()
    if role not in Role.values:
        raise Invalid(f"There is no role {role!r}. Use {', '.join(Role.values)}.", "role")
    user = _locked(user_id)
    if user.role == role:
        return user
    if role != Role.ADMIN:
        _keep_an_admin(user)
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    by.record("person.role", f"person:{user.pk}", before=str(before), after=str(role))
    return user


@transaction.atomic
def deactivate(by: Acting, user_id: int) -> User:
    """Close an account: its logins end with its next request, its tokens at once."""
    by.need_admin()
    user = _locked(user_id)
    if not user.is_active:
        return user
    _keep_an_admin(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    revoked = user.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    by.record("person.deactivated", f"person:{user.pk}", tokens_revoked=revoked)
    return user


@transaction.atomic
def reactivate(by: Acting, user_id: int) -> User:
    """Open a closed account again; its tokens stay revoked."""
    by.need_admin()
    user = _locked(user_id)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        by.record("person.reactivated", f"person:{user.pk}")
    return user


@transaction.atomic
def rename(by: Acting, name: str) -> User:
    """Change one's own name."""
    user = _locked(by.person().pk)
    before, user.name = user.name, _name(name)
    if before != user.name:
        user.save(update_fields=["name"])
        by.record("person.renamed", f"person:{user.pk}")
    return user


@transaction.atomic
def issue_token(by: Acting, name: str, scopes: Collection[str], days: int) -> tuple[ApiToken, str]:
    """Make a token for the one who asks; returns it and its text, which is not kept.

    A token that makes a token gives it neither more rights nor more time than it has.
    """
    user = _locked(by.person().pk)
    wanted = _scopes(scopes)
    if not 1 <= days <= TOKEN_DAYS:
        raise Invalid(f"A token lives 1 to {TOKEN_DAYS} days, not {days}.", "days")
    now = timezone.now()
    expires_at = now + timedelta(days=days)
    if by.token:
        beyond = [scope for scope in wanted if scope not in by.token.scopes]
        if beyond:
            raise NotAllowed(f"This token has no right to {', '.join(beyond)} itself.", "scopes")
        expires_at = min(expires_at, by.token.expires_at)
    if queries.valid_tokens(user, now).count() >= TOKENS_EACH:
        raise Conflict(f"You have {TOKENS_EACH} valid tokens. Revoke one first.")
    text = new_key(TOKEN)
    token = ApiToken.objects.create(
        user=user,
        name=_name(name),
        start=text[: len(TOKEN) + 4],
        digest=digest(text),
        scopes=wanted,
        expires_at=expires_at,
    )
    by.record("token.issued", f"token:{token.pk}", scopes=list(wanted), days=days)
    return token, text


@transaction.atomic
def revoke_token(by: Acting, token_id: int) -> None:
    """Close one of one's own tokens; an administrator may close anybody's."""
    person = by.person()
    token = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if token is None or (token.user_id != person.pk and not (person.is_admin and not by.token)):
        raise NotAllowed("You have no such token.")
    if token.revoked_at is None:
        ApiToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
        by.record("token.revoked", f"token:{token.pk}")


def note_use(token: ApiToken) -> None:
    """Remember when a token was last used, to a few minutes; not worth an audit entry."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USE_NOTED:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _locked(user_id: int) -> User:
    return User.objects.select_for_update().get(pk=user_id)


def _keep_an_admin(user: User) -> None:
    """Refuse what would leave the installation without an administrator."""
    if not (user.is_admin and user.is_active):
        return
    admins = User.objects.select_for_update().filter(role=Role.ADMIN, is_active=True)
    if len(admins) == 1:
        raise Conflict("This is the last administrator. Make another one first.")


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(f"{email!r} is no mail address.", "email") from error
    return address


def _name(name: str) -> str:
    text = " ".join(name.split())
    if not text:
        raise Invalid("A name is needed.", "name")
    limit = 80
    if len(text) > limit:
        raise Invalid(f"A name has at most {limit} characters, not {len(text)}.", "name")
    return text


def _scopes(scopes: Collection[str]) -> list[str]:
    unknown = sorted(set(scopes) - NAMES)
    if unknown:
        raise Invalid(
            f"There is no scope {unknown[0]!r}. Use {', '.join(sorted(NAMES))}.", "scopes"
        )
    if not scopes:
        raise Invalid("A token needs at least one scope.", "scopes")
    return sorted(set(scopes))
