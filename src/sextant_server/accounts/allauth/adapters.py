"""How allauth behaves here: accounts come by invitation, secrets are encrypted at rest."""

from __future__ import annotations

import base64
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from sextant_server.accounts import actions, queries
from sextant_server.accounts.acting import Acting, address_of
from sextant_server.accounts.models import User

log = logging.getLogger("sextant.accounts")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; a mail server that is down does not break a page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("mail.failed", extra={"mail": template_prefix})

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log a failed login by address alone: what was typed may be a password."""
        log.warning("login.failed", extra={"address": address_of(request)})


class SocialAdapter(DefaultSocialAccountAdapter):
    """Single sign-on lets in who has an account or an open invitation for a verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return self._invitation(sociallogin) is not None

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        invitation = self._invitation(sociallogin)
        assert invitation is not None
        user = sociallogin.user
        assert isinstance(user, User)
        user.role, user.email = invitation.role, invitation.email
        user.name = user.name or invitation.email
        user.set_unusable_password()
        sociallogin.save(request)
        return actions.join(Acting(user=user, address=address_of(request)), invitation, user)

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        parts = [data.get("first_name"), data.get("last_name")]
        said = data.get("name") or " ".join(part for part in parts if part)
        user.name = " ".join(str(said).split())[:80]
        return user

    @staticmethod
    def _invitation(sociallogin: SocialLogin) -> Any:
        """The open invitation of an address that the issuer says is this person's."""
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        found = (queries.invitation_for(email) for email in verified)
        return next((invitation for invitation in found if invitation), None)


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted by a key derived from the server's own."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """Encrypts with the present key, decrypts with it or the one before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sextant second factor")
    return base64.urlsafe_b64encode(derived.derive(key.encode()))
