"""Who calls the API: a bearer token with the scope that the operation asks for."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer

from sextant_server.accounts import actions, queries
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.scopes import NAMES
from sextant_server.core.errors import NotAllowed


class Bearer(HttpBearer):
    """Admits a valid token with one scope; `request.auth` is then who acts.

    Without a scope it admits nobody: so is an operation closed whose author forgot to say.
    """

    def __init__(self, scope: str = "") -> None:
        if scope and scope not in NAMES:
            raise ValueError(f"There is no scope {scope!r}. Add it to accounts/scopes.py.")
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        found = queries.token_by_text(token)
        if found is None:
            return None
        if self.scope not in found.scopes:
            raise NotAllowed(f"This token lacks the scope '{self.scope}'. Make one that has it.")
        actions.note_use(found)
        return Acting.of(request, found)
