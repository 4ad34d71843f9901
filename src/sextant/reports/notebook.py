"""A report in a notebook: its page in a frame of its own, so that neither styles the other."""

from __future__ import annotations

from html import escape


def framed(page: str) -> str:
    """An `<iframe>` that holds a self-contained page."""
    return f'<iframe srcdoc="{escape(page)}" width="100%" height="640"></iframe>'
