"""What the pages have in common: a form, an action, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from sextant_server.core.errors import Refused

T = TypeVar("T")


def attempt(form: forms.Form, action: Callable[[], T]) -> T | None:
    """Run an action on a valid form; a refusal is put beside the field that is at fault."""
    if not form.is_valid():
        return None
    try:
        return action()
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.detail)
        return None
