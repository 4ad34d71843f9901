"""People, the invitations that bring them in, and the tokens of their programs.

What somebody may do in one product is that product's business: its members will be kept beside
it, keyed by `User`. Here is only the role in the installation.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """The role in the installation."""

    GUEST = "guest", "guest"
    MEMBER = "member", "member"
    ADMIN = "admin", "administrator"


ROLE_SAYS = {
    Role.GUEST: "Sees only the products in which they have a part.",
    Role.MEMBER: "Sees what is open to everybody here and may begin new products.",
    Role.ADMIN: "Invites people, gives roles, reads the audit log.",
}


class UserManager(BaseUserManager["User"]):
    """Finds people by mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person. Never deleted, so that every decision keeps its author; only deactivated."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.GUEST)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = (Lower("name"), "id")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="one_account_per_address"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="role_of_user_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def is_member(self) -> bool:
        return self.role in (Role.MEMBER, Role.ADMIN)


class Invitation(models.Model):
    """A way in for one address: once, for a while. Only the digest of its key is kept."""

    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(withdrawn_at=None, accepted_at=None),
                name="one_open_invitation_per_address",
            ),
        )

    def __str__(self) -> str:
        return self.email

    def is_open(self, now: datetime) -> bool:
        """Whether it still lets its person in."""
        return not self.accepted_at and not self.withdrawn_at and now < self.expires_at


class ApiToken(models.Model):
    """A key for a program. Only its digest is kept; its text is shown once, when it is made."""

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    start = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.name

    def is_valid(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return not self.revoked_at and now < self.expires_at

    def state(self, now: datetime) -> str:
        """`valid`, `revoked` or `expired`."""
        if self.revoked_at:
            return "revoked"
        return "valid" if now < self.expires_at else "expired"
