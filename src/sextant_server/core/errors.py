"""Why an action refuses. The pages and the API say it each in their own form."""

from __future__ import annotations


class Refused(Exception):
    """An action was not done; nothing has changed. `field` names the input that is at fault."""

    status = 400
    title = "Refused"

    def __init__(self, detail: str, field: str = "") -> None:
        self.detail = detail
        self.field = field
        super().__init__(detail)


class NotAllowed(Refused):
    """The one who asks has no part that allows it."""

    status = 403
    title = "Not allowed"


class Invalid(Refused):
    """The input cannot be used."""

    status = 422
    title = "Invalid input"


class Conflict(Refused):
    """The state of things does not allow it, or no longer."""

    status = 409
    title = "Conflict"
