"""Who asks for a change: a person in a browser, a person's program, or the command line."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from sextant_server.accounts.models import ApiToken, User
from sextant_server.audit.chain import Plain
from sextant_server.audit.record import record
from sextant_server.core.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Acting:
    """The one who acts; `operator` is whoever may run commands on the server itself."""

    user: User | None = None
    token: ApiToken | None = None
    operator: bool = False
    address: str = ""

    @classmethod
    def of(cls, request: HttpRequest, token: ApiToken | None = None) -> Acting:
        """The one who sent a request; a token acts for its owner."""
        user = token.user if token else request.user if request.user.is_authenticated else None
        return cls(user=user, token=token, address=address_of(request))

    @property
    def name(self) -> str:
        """As the audit log names him."""
        if self.operator:
            return "operator"
        if self.user is None:
            return "nobody"
        via = f" by token:{self.token.pk}" if self.token else ""
        return f"person:{self.user.pk}{via}"

    def person(self) -> User:
        """The person, where only a person can act."""
        if self.user is None:
            raise NotAllowed("Only a person with an account can do this. Log in.")
        return self.user

    def need_admin(self) -> None:
        """Refuse everybody but administrators and the operator."""
        allowed = self.operator or (self.user and self.user.is_active and self.user.is_admin)
        if not allowed:
            raise NotAllowed("Only an administrator can do this. Ask one.")

    def record(self, action: str, subject: str, **details: Plain) -> None:
        """Append to the audit log, in the transaction of the change."""
        record(self.name, action, subject, address=self.address, **details)


OPERATOR = Acting(operator=True)


def person_of(request: HttpRequest) -> User:
    """The person behind a request that a rule has let through."""
    assert isinstance(request.user, User)
    return request.user


def address_of(request: HttpRequest) -> str:
    """The client's address: what a trusted proxy says it is, else the peer's own."""
    return str(get_adapter(request).get_client_ip(request))
